const totalLabel = /^(?:本页|累)?[合总小共]?\s*计\s*[:：]?$/u;
const signatureLabel = /^(?:制表|填表|填报|审核|打印|复核)(?:人|单位|时间|日期)?(?:$|\s*[:：]|\s)|^(?:单位)?负责人\s*[:：]|^(?:注|备注|说明)\s*[:：]/u;

/** Totals, signatures and notes below a table are not records; nor are rows without any text. */
export function isClosingRow(cells: readonly string[]): boolean {
  let filled = 0;
  let first = '';
  for (const cell of cells) {
    if (cell === '' || cell.trim() === '') continue;
    if (filled === 0) first = cell.trim();
    filled += 1;
  }
  if (filled === 0) return true;
  if (totalLabel.test(first)) return filled < cells.length;
  return filled <= Math.max(2, cells.length * 0.6) && filled < cells.length && signatureLabel.test(first);
}
