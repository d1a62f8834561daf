/** A text as an SQL literal; for paths and codes, never for a whole cell of personal data. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
