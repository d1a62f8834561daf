import { extname } from 'node:path';
import { AppError } from '#platform/errors.ts';
import { ZipArchive } from '#platform/files/tabular/zip-archive.ts';
import { readPdfApart } from './read-pdf-apart.ts';
import { mergeLeaks, scanText, type Leak } from './scan-text.ts';

export interface FileScan {
  /** clean = all of it was read; look = it holds pictures or words of illness, which a person must look at */
  state: 'clean' | 'look' | 'leak';
  leaks: Leak[];
}

export interface FileContent {
  text: string;
  hasPictures: boolean;
}

const pictures = new Set(['.jpg', '.jpeg', '.png', '.gif', '.bmp', '.webp', '.heic', '.heif']);
const refusal = '公示的附件可以是照片、PDF、Word（.docx）或 Excel（.xlsx）；其他格式读不出里面的文字，无法检查。';
const unreadable = '这个文件打不开：可能已损坏或加了密码，无法检查里面的内容。';
const tooMuch = '这个 PDF 页数太多或内容太大，无法检查；请拆成几个不超过 300 页的文件。';
const largestText = 50 * 1024 * 1024;

/** Reads all text of an attachment and looks for what may not be published; refuses a file it cannot read. */
export async function scanFile(file: { path: string; fileName: string }): Promise<FileScan> {
  const ending = extname(file.fileName).toLowerCase();
  const content = pictures.has(ending) ? { text: '', hasPictures: true } : await readContent(file.path, ending);
  const leaks = mergeLeaks([...scanText(content.text), ...scanText(file.fileName)]);
  // Words of illness stand in every leaflet about medical insurance: whether they are about somebody, a person must see.
  const isLeak = leaks.some((leak) => leak.kind !== 'illness');
  return { state: isLeak ? 'leak' : content.hasPictures || leaks.length > 0 ? 'look' : 'clean', leaks };
}

async function readContent(path: string, ending: string): Promise<FileContent> {
  if (ending !== '.pdf' && ending !== '.docx' && ending !== '.xlsx') throw refused(refusal);
  try {
    if (ending !== '.pdf') return await readOfficeFile(path);
    const content = await readPdfApart(path);
    if (content === 'too-much') throw refused(tooMuch);
    return content;
  } catch (error) {
    throw error instanceof AppError ? error : refused(unreadable, error);
  }
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError('request-invalid', message, { fields: [{ path: 'file', message }], cause });
}

/** Word and Excel files are archives of XML: all text of all parts counts, also comments, hidden rows and properties. */
async function readOfficeFile(path: string): Promise<FileContent> {
  const archive = await ZipArchive.open(path, largestText);
  try {
    const texts: string[] = [];
    for (const name of archive.names) {
      if (!/\.(?:xml|rels|vml)$/iu.test(name)) continue;
      const xml = await archive.text(name);
      // Runs of one paragraph belong together: a number may be split over several of them.
      texts.push(withoutEntities(name.endsWith('.rels') ? xml : xml.replace(/<\/(?:w:p|a:p|si|c|row|text|v)>/gu, '\n').replace(/<[^>]*>/gu, '')));
    }
    const hasPictures = archive.names.some((name) => /(?:^|\/)(?:media|embeddings)\/|\.(?:png|jpe?g|gif|bmp|emf|wmf|bin)$/iu.test(name));
    return { text: texts.join('\n'), hasPictures };
  } finally {
    archive.close();
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
function withoutEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/giu, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
