/** Structured logs: ids, codes and counts only. Anything that looks personal is struck out before it is written. */
type Fields = Record<string, string | number | boolean | null | undefined>;

const personal = [/\d{17}[\dXx]/g, /(?<!\d)1[3-9]\d{9}(?!\d)/g, /(?<!\d)\d{15,19}(?!\d)/g];

export function withoutPersonalData(text: string): string {
  return personal.reduce((value, pattern) => value.replace(pattern, '[隐去]'), text);
}

let silent = false;
export function silenceLogs(value: boolean): void {
  silent = value;
}

function write(level: 'info' | 'warn' | 'error', fields: Fields, message: string): void {
  if (silent) return;
  const line = withoutPersonalData(JSON.stringify({ at: new Date().toISOString(), level, message, ...fields }));
  process.stderr.write(`${line}\n`);
}

export const log = {
  info: (fields: Fields, message: string) => write('info', fields, message),
  warn: (fields: Fields, message: string) => write('warn', fields, message),
  error: (fields: Fields, message: string) => write('error', fields, message),
};
