const totalLabel = /^(?:本页|累)?[合总小共]?\s*计\s*[:：]?(?:\s*\d[\d.,]*\s*(?:户|人|条|户次|人次|元|万元)?[，、,;；]?)*$/u;
const signatureLabel = /^(?:制表|填表|填报|审核|打印|复核)(?:人|单位|时间|日期)?(?:$|\s*[:：]|\s)|^(?:单位)?负责人\s*[:：]|^(?:注|备注|说明)\s*[:：]/u;

/**
 * Totals, signatures and notes below a table are not records; nor are rows without any text.
 * @param columns of the table: a line of text may end after its note
 */
export function isClosingRow(cells: readonly string[], columns: number): boolean {
  const width = Math.max(cells.length, columns);
  let filled = 0;
  let first = '';
  for (const cell of cells) {
    if (cell === '' || cell.trim() === '') continue;
    if (filled === 0) first = cell.trim();
    filled += 1;
  }
  if (filled === 0) return true;
  if (totalLabel.test(first)) return filled < width;
  return filled <= Math.max(2, width * 0.6) && filled < width && signatureLabel.test(first);
}
