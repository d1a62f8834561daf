import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const font = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');

/** Noto Sans SC has about 30,000 characters; a rarer one is printed 〓, as typesetters do, and written in by hand. */
const missing = '〓';

export interface Pdf {
  document: PDFKit.PDFDocument;
  /** the text with characters that the font lacks replaced */
  printable: (text: string) => string;
  /** numbers the pages and gives the file */
  finish: (footer: (page: number, of: number) => string) => Promise<Buffer>;
}

export const margin = 56;

/** An A4 document in a Chinese font that is embedded: it prints the same on a machine without Chinese fonts. */
export function openPdf(info: { title: string }): Pdf {
  const document = new PDFDocument({ size: 'A4', margins: { top: margin, left: margin, right: margin, bottom: margin + 24 }, bufferPages: true, info: { Title: info.title, Producer: 'Sunlit', Creator: 'Sunlit' }, lang: 'zh-CN' });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  document.font(font);
  const glyphs = (document as unknown as { _font: { font: { hasGlyphForCodePoint: (code: number) => boolean } } })._font.font;
  return {
    document,
    printable: (text) => [...text].map((character) => (character === '\n' || glyphs.hasGlyphForCodePoint(character.codePointAt(0)!) ? character : missing)).join(''),
    finish: async (footer) => {
      const { start, count } = document.bufferedPageRange();
      for (let page = 0; page < count; page += 1) {
        document.switchToPage(start + page);
        document.fontSize(9).fillColor('#444444').text(footer(page + 1, count), margin, document.page.height - margin, { width: document.page.width - 2 * margin, align: 'center', lineBreak: false, height: 12 });
      }
      document.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}
