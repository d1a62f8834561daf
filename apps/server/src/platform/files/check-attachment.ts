import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../errors.ts';

export const largestAttachment = 20 * 1024 * 1024;

const refusal = '附件可以是照片、PDF、文档或表格、录音或录像；这个文件不是，或内容与扩展名不符。';

type Signature = (head: Buffer) => boolean;
const at =
  (offset: number, ...texts: string[]): Signature =>
  (head) =>
    texts.some((text) => head.subarray(offset, offset + text.length).toString('latin1') === text);
const both =
  (first: Signature, second: Signature): Signature =>
  (head) =>
    first(head) && second(head);
const isZip = at(0, 'PK\x03\x04');
const isOldOffice = at(0, '\xd0\xcf\x11\xe0');
const isBoxed = at(4, 'ftyp');
/** Also what some office programs save under the old endings. */
const isOffice: Signature = (head) => isZip(head) || isOldOffice(head);

/** By ending; the content must begin like one, so that a program renamed to a picture is not passed on to colleagues. */
const signatures: Readonly<Record<string, Signature>> = {
  '.jpg': at(0, '\xff\xd8\xff'),
  '.jpeg': at(0, '\xff\xd8\xff'),
  '.png': at(0, '\x89PNG'),
  '.gif': at(0, 'GIF8'),
  '.bmp': at(0, 'BM'),
  '.webp': both(at(0, 'RIFF'), at(8, 'WEBP')),
  '.heic': isBoxed,
  '.heif': isBoxed,
  '.pdf': at(0, '%PDF-'),
  '.doc': isOffice,
  '.xls': isOffice,
  '.wps': isOffice,
  '.et': isOffice,
  '.docx': isZip,
  '.xlsx': isZip,
  '.ofd': isZip,
  '.mp4': isBoxed,
  '.mov': isBoxed,
  '.m4a': isBoxed,
  '.3gp': isBoxed,
  '.mp3': at(0, 'ID3', '\xff\xfb', '\xff\xf3', '\xff\xf2'),
  '.amr': at(0, '#!AMR'),
  '.wav': both(at(0, 'RIFF'), at(8, 'WAVE')),
  '.aac': at(0, '\xff\xf1', '\xff\xf9'),
};

/** Refuses what is too large or is no picture, paper or recording. */
export async function checkAttachment(upload: { path: string; fileName: string; size: number }): Promise<void> {
  if (upload.size > largestAttachment) throw new AppError('too-large', '附件不能超过 20 MB。');
  const file = await open(upload.path);
  const head = Buffer.alloc(16);
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  if (!signatures[extname(upload.fileName).toLowerCase()]?.(head)) throw new AppError('request-invalid', refusal, { fields: [{ path: 'file', message: refusal }] });
}
