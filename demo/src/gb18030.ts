let pairs: Uint16Array | undefined;

function table(): Uint16Array {
  if (pairs) return pairs;
  pairs = new Uint16Array(65_536);
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\uFFFD') pairs[text.charCodeAt(0)] = lead * 256 + trail;
    }
  }
  return pairs;
}

/** The encoding department systems still write. Node decodes it but does not encode it. */
export function encodeGb18030(text: string): Buffer {
  const known = table();
  const bytes = Buffer.allocUnsafe(text.length * 4);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const pair = known[unit] as number;
    if (unit < 0x80) bytes[length++] = unit;
    else if (pair !== 0) {
      bytes[length++] = pair >> 8;
      bytes[length++] = pair & 255;
    } else if (unit >= 0xd800 && unit <= 0xdbff) {
      bytes.set(fourBytes((text.codePointAt(index) as number) - 0x10000 + 189_000), length);
      index += 1;
      length += 4;
    } else {
      bytes.set(rareBytes(text.charAt(index)), length);
      length += 4;
    }
  }
  return bytes.subarray(0, length);
}

function fourBytes(linear: number): number[] {
  const third = 0x81 + (Math.floor(linear / 10) % 126);
  return [0x81 + Math.floor(linear / 12_600), 0x30 + (Math.floor(linear / 1260) % 10), third, 0x30 + (linear % 10)];
}

let rare: Map<string, number[]> | undefined;

/** Characters of the basic plane that take four bytes, such as 㛃. */
function rareBytes(character: string): number[] {
  if (!rare) {
    rare = new Map();
    const decoder = new TextDecoder('gb18030');
    for (let linear = 0; linear < 39_420; linear += 1) {
      const bytes = fourBytes(linear);
      rare.set(decoder.decode(Uint8Array.from(bytes)), bytes);
    }
  }
  const bytes = rare.get(character);
  if (!bytes) throw new RangeError('A character has no place in GB18030');
  return bytes;
}
