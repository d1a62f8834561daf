import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { encryptStream } from '#platform/files/encrypted-file.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { workingFiles } from '#platform/files/stored-files.ts';
import { readDraft } from './assemble-household.ts';
import type { HouseholdDraft } from './household-draft.ts';
import type { Recognition } from './recognise-columns.ts';

/** Changes with what a draft holds: older ones are then read from the file again. */
const format = 'drafts-1';
const flushCharacters = 256 * 1024;

type Header = Pick<Recognition, 'template' | 'attaches'>;

/** What checking read of a file, so that writing need not read it again: exactly what was shown is written. */
export interface KeptDrafts extends Header {
  /** null: a household with errors */
  drafts: AsyncGenerator<HouseholdDraft | null>;
}

const keyOf = (importId: string): string => `${importId}-drafts`;

/** Also when there are none. */
export async function removeDrafts(importId: string): Promise<void> {
  await workingFiles.remove(keyOf(importId));
}

/** Takes one household after the other; `start` forgets those taken before. */
export interface DraftSink {
  start: (header: Header) => Promise<void>;
  /** @param text of a household without errors */
  add: (text: string | null) => Promise<void>;
}

/** Keeps, encrypted, what `work` puts into the sink, unless it fails. */
export async function keepDrafts<Result>(importId: string, work: (sink: DraftSink) => Promise<Result>): Promise<Result> {
  await removeDrafts(importId);
  return withPrivateFolder(async (folder) => {
    const path = join(folder, 'drafts');
    let writer: DraftWriter | undefined;
    try {
      const result = await work({
        start: async (header) => {
          await writer?.close();
          writer = new DraftWriter(path);
          await writer.line(JSON.stringify({ format, ...header }));
        },
        add: async (text) => writer?.line(text ?? 'null'),
      });
      await writer?.close();
      if (writer) await workingFiles.put(keyOf(importId), path);
      return result;
    } finally {
      await writer?.close().catch(() => undefined);
    }
  });
}

class DraftWriter {
  readonly #stream = new PassThrough();
  readonly #done: Promise<void>;
  #lines: string[] = [];
  #characters = 0;

  constructor(path: string) {
    this.#done = encryptStream(this.#stream, path);
    // noticed at the next line or at the end
    this.#done.catch(() => undefined);
  }

  async line(text: string): Promise<void> {
    this.#lines.push(text, '\n');
    this.#characters += text.length;
    if (this.#characters >= flushCharacters) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    this.#stream.end();
    await this.#done;
  }

  async #flush(): Promise<void> {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#characters = 0;
    if (text !== '' && !this.#stream.write(text)) await Promise.race([once(this.#stream, 'drain'), this.#done]);
  }
}

/** Undefined when nothing was kept, or by another version: the file is the truth. */
export async function openDrafts(importId: string): Promise<KeptDrafts | undefined> {
  try {
    const lines = readLines(await workingFiles.open(keyOf(importId)));
    const first = await lines.next();
    const header = JSON.parse(first.value ?? 'null') as (Header & { format: string }) | null;
    if (header?.format !== format) {
      await lines.return(undefined);
      return undefined;
    }
    return { template: header.template, attaches: header.attaches, drafts: readDrafts(lines) };
  } catch {
    return undefined;
  }
}

async function* readDrafts(lines: AsyncGenerator<string>): AsyncGenerator<HouseholdDraft | null> {
  for await (const line of lines) yield line === 'null' ? null : readDraft(line);
}

async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const part of source) {
    const lines = (rest + decoder.write(part)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  return undefined;
}
