import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { extractText, getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { FileContent } from './scan-file.ts';

const mostPages = 300;

async function readPdf(path: string): Promise<FileContent | 'too-much'> {
  const document = await getDocumentProxy(new Uint8Array(await readFile(path)), { verbosity: 0, disableFontFace: true });
  try {
    if (document.numPages > mostPages) return 'too-much';
    const { OPS } = await getResolvedPDFJS();
    const drawing = new Set<number>([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject, OPS.paintInlineImageXObjectGroup, OPS.paintImageXObjectRepeat, OPS.paintImageMaskXObjectGroup, OPS.paintImageMaskXObjectRepeat]);
    const { text } = await extractText(document, { mergePages: false });
    const notes: string[] = [];
    // A page without any text is drawn letters or a scan: a person has to look at it too.
    let hasPictures = text.some((page) => page.trim() === '');
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      hasPictures ||= (await page.getOperatorList()).fnArray.some((operation) => drawing.has(operation));
      // Comments and form fields lie over the page and are read by whoever opens it.
      for (const note of (await page.getAnnotations()) as { contentsObj?: { str?: string }; fieldValue?: unknown }[]) notes.push(note.contentsObj?.str ?? '', typeof note.fieldValue === 'string' ? note.fieldValue : '');
    }
    const properties = await document.getMetadata();
    return { text: [...text, ...notes, ...Object.values(properties.info as Record<string, unknown>).filter((value) => typeof value === 'string')].join('\n'), hasPictures };
  } finally {
    await document.loadingTask.destroy();
  }
}

parentPort!.postMessage(await readPdf(workerData as string));
