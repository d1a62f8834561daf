/** A cell that a spreadsheet would take for a formula is led by an apostrophe. */
function safeCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** CSV as officers' spreadsheet programs open it: UTF-8 with BOM, CRLF, no cell that runs. */
export function csvText(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(`\uFEFF${rows.map((row) => row.map(safeCell).join(',')).join('\r\n')}\r\n`, 'utf8');
}
