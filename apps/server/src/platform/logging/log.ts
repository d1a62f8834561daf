/** Structured logs: ids, codes and counts only. Anything that looks personal is struck out before it is written. */
type Fields = Record<string, string | number | boolean | null | undefined>;

const personal = [/[\d０-９]{17}[\d０-９XxＸｘ]/g, /(?<!\d)\d{6}[ -]\d{8}[ -]\d{3}[\dXx]/g, /(?<!\d)1[3-9]\d{9}(?!\d)/g, /(?<![\d０-９])[\d０-９]{15,19}(?![\d０-９])/g];

export function withoutPersonalData(text: string): string {
  return personal.reduce((value, pattern) => value.replace(pattern, '[隐去]'), text);
}

/**
 * What an error says without what it quotes: databases repeat the value, the row, even the lines of a file that they
 * stumbled over, and names are not known by their shape. Names of tables and the places in our code stay.
 */
export function withoutQuotedValues(text: string): string {
  const [said, ...rest] = text.split('\n');
  const plain = said!.replace(/(["'])(?![\w.:/@-]*\1).*?\1/g, '$1…$1').slice(0, 300);
  return withoutPersonalData([plain, ...rest.filter((line) => /^\s+at /.test(line))].join('\n').slice(0, 2000));
}

let silent = false;
export function silenceLogs(value: boolean): void {
  silent = value;
}

function write(level: 'info' | 'warn' | 'error', fields: Fields, message: string): void {
  if (silent) return;
  const line = withoutPersonalData(JSON.stringify({ at: new Date().toISOString(), level, message, ...fields, ...(typeof fields.error === 'string' ? { error: withoutQuotedValues(fields.error) } : {}) }));
  process.stderr.write(`${line}\n`);
}

export const log = {
  info: (fields: Fields, message: string) => write('info', fields, message),
  warn: (fields: Fields, message: string) => write('warn', fields, message),
  error: (fields: Fields, message: string) => write('error', fields, message),
};
