import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkAttachment, largestAttachment } from './check-attachment.ts';

const folder = mkdtempSync(join(tmpdir(), 'sunlit-attachment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (fileName: string, content: string, size = content.length) => {
  const path = join(folder, 'upload');
  writeFileSync(path, Buffer.from(content, 'latin1'));
  return checkAttachment({ path, fileName, size });
};

test('pictures, papers and recordings are taken', async () => {
  await check('现场.JPG', '\xff\xd8\xff\xe0 picture');
  await check('证明.pdf', '%PDF-1.7 paper');
  await check('说明.docx', 'PK\x03\x04 document');
  await check('录音.m4a', '\0\0\0\x18ftypM4A ');
});

test('programs, pages and renamed files are refused, and so is what is too large', async () => {
  for (const [name, content] of [
    ['工具.exe', 'MZ program'],
    ['页面.html', '<script>'],
    ['图.svg', '<svg onload="x">'],
    ['照片.jpg', 'MZ program'],
    ['没有扩展名', '%PDF-1.7'],
  ] as const)
    await expect(check(name, content), name).rejects.toMatchObject({ code: 'request-invalid' });
  await expect(check('照片.jpg', '\xff\xd8\xff', largestAttachment + 1)).rejects.toMatchObject({ code: 'too-large' });
});
