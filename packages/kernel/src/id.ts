/** Identity of a stored thing: UUID version 7, so that new rows lie together in an index. */
export type Id = string;

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Random bytes are drawn in bulk: a large import needs millions of ids. */
const pool = new Uint8Array(8192);
let used = pool.length;

/** A new id; works in the browser too, where commands are made offline. */
export function newId(now: number = Date.now()): Id {
  if (used === pool.length) {
    globalThis.crypto.getRandomValues(pool);
    used = 0;
  }
  const at = used;
  used += 16;
  const time = now.toString(16).padStart(12, '0');
  const byte = (index: number): string => hexOf[pool[at + index]!]!;
  const version = hexOf[(pool[at + 6]! & 0x0f) | 0x70]! + byte(7);
  const variant = hexOf[(pool[at + 8]! & 0x3f) | 0x80]! + byte(9);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${byte(10)}${byte(11)}${byte(12)}${byte(13)}${byte(14)}${byte(15)}`;
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u.test(text);
}
