const twoBytes = new Map<string, number>();

function fillTable(): void {
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1 && text !== '\uFFFD') twoBytes.set(text, lead * 256 + trail);
    }
  }
}

/** GB18030 as department systems write it; Node decodes it but does not encode it. */
export function encodeGb18030(text: string): Buffer {
  if (twoBytes.size === 0) fillTable();
  const bytes = Buffer.alloc(text.length * 4);
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const pair = twoBytes.get(character);
    if (code < 0x80) bytes[length++] = code;
    else if (pair !== undefined) {
      bytes[length++] = pair >> 8;
      bytes[length++] = pair & 255;
    } else if (code >= 0x10000) {
      const linear = code - 0x10000 + 189_000;
      bytes[length++] = 0x81 + Math.floor(linear / 12_600);
      bytes[length++] = 0x30 + (Math.floor(linear / 1260) % 10);
      bytes[length++] = 0x81 + (Math.floor(linear / 10) % 126);
      bytes[length++] = 0x30 + (linear % 10);
    } else throw new RangeError(`No GB18030 bytes known for U+${code.toString(16)}`);
  }
  return bytes.subarray(0, length);
}
