import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { TabularFileError } from './tabular-file-error.ts';

/** Above this the content of one archive is a mistake or an attack, not a table. */
export const maximumUnpackedBytes = 6 * 1024 ** 3;
/** Tables of text shrink 5 to 30 times; a bomb shrinks a thousand times. Checked for big contents only. */
const maximumRatio = 400;

/** A zip archive whose declared sizes have been checked; yauzl holds the content to them while reading. */
export class ZipArchive {
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  static async open(path: string, limitBytes = maximumUnpackedBytes): Promise<ZipArchive> {
    // Names in zips made on Chinese Windows are GB18030 without saying so: they are decoded here.
    const file = await openPromise(path, { autoClose: false, decodeStrings: false }).catch((cause: unknown) => {
      throw new TabularFileError('damaged', { cause });
    });
    try {
      return new ZipArchive(file, await readDirectory(file, limitBytes));
    } catch (cause) {
      file.close();
      throw cause instanceof TabularFileError ? cause : new TabularFileError('damaged', { cause });
    }
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  sizeOf(name: string): number {
    return this.#entries.get(name)?.uncompressedSize ?? 0;
  }

  async stream(name: string): Promise<Readable> {
    const entry = this.#entries.get(name);
    if (!entry) throw new TabularFileError('damaged');
    return new Promise((resolve, reject) => {
      this.#file.openReadStream(entry, (error, stream) => {
        if (error) reject(new TabularFileError('damaged', { cause: error }));
        else resolve(stream);
      });
    });
  }

  async text(name: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of (await this.stream(name)) as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }

  async extract(name: string, target: string): Promise<void> {
    try {
      await pipeline(await this.stream(name), createWriteStream(target, { mode: 0o600, flags: 'wx' }));
    } catch (cause) {
      throw cause instanceof TabularFileError ? cause : new TabularFileError('damaged', { cause });
    }
  }

  close(): void {
    this.#file.close();
  }
}

async function readDirectory(file: ZipFile, limitBytes: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let total = 0;
  let packed = 0;
  for (;;) {
    const entry = await nextEntry(file);
    if (!entry) break;
    if ((entry.generalPurposeBitFlag & 1) === 1) throw new TabularFileError('encrypted');
    const name = decodeName(entry);
    if (name.endsWith('/')) continue;
    total += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (total > limitBytes || entries.size > 10_000) throw new TabularFileError('too-large');
    entries.set(name, entry);
  }
  if (total > 100 * 1024 ** 2 && total > packed * maximumRatio) throw new TabularFileError('too-large');
  return entries;
}

function nextEntry(file: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      file.off('entry', onEntry).off('end', onEnd).off('error', onError);
      act();
    };
    const onEntry = (entry: Entry): void => settle(() => resolve(entry));
    const onEnd = (): void => settle(() => resolve(undefined));
    const onError = (error: Error): void => settle(() => reject(error));
    file.on('entry', onEntry).on('end', onEnd).on('error', onError);
    file.readEntry();
  });
}

function decodeName(entry: Entry): string {
  const bytes = entry.fileName as unknown as Buffer;
  const isUtf8 = (entry.generalPurposeBitFlag & 0x800) !== 0;
  return new TextDecoder(isUtf8 ? 'utf-8' : 'gb18030').decode(bytes).replaceAll('\\', '/');
}
