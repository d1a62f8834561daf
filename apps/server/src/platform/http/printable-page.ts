import type { Locale } from './locale.ts';

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A page to print on A4 and hand to a resident: 18 pt and larger, source and time at the foot, no script. */
export function printablePage(page: { title: string; locale: Locale; source: string; body: string }): string {
  return `<!doctype html><html lang="${page.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(page.title)}</title>
<style>@page{size:A4;margin:20mm}body{font:18pt/1.7 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;color:#111;background:#fff;max-width:42em;margin:1em auto;padding:0 1em}h1{font-size:26pt;text-align:center}h2{font-size:20pt}.big{font-size:22pt;font-weight:700}.sign{margin-top:3em}footer{border-top:1px solid #666;margin-top:2em;padding-top:.5em;font-size:18pt;color:#333}</style></head>
<body><main>${page.body}</main><footer>Sunlit 阳光 · ${escapeHtml(page.source)}</footer></body></html>`;
}
