import { createHash } from 'node:crypto';

/** Ids of the commands that one step of a demo file consists of: the same ones when the file is performed again. */
export function commandIds(file: string, plan: string, index: number): () => string {
  let part = 0;
  return () => commandId(file, plan, `${index}.${(part += 1)}`);
}

export function commandId(file: string, plan: string, index: number | string): string {
  const hex = createHash('sha256').update(`${file} ${plan} ${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
