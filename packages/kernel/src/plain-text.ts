/** Control characters, zero-width characters, byte-order marks and direction marks that spreadsheets and web forms leave in cells. */
const invisible = /[\u0000-\u0008\u000E-\u001F\u007F\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\u00AD]/gu;

/** Full-width forms become ASCII (１ → 1, ｘ → x, ： → :), every kind of space becomes ' '. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/gu, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\u2000-\u200A\u202F\u205F\t\r\n\v\f]/gu, ' ');
}

/** Most cells of most files: letters, digits and common characters that need no cleaning. */
const clean = /^[0-9A-Za-z\u4E00-\u9FFF][\x21-\x7E\u4E00-\u9FFF]*$/u;

/** A cell as a person reads it: half-width, without invisible characters, the apostrophe Excel shows, or outer spaces. */
export function cleanCell(text: string): string {
  if (text === '' || clean.test(text)) return text;
  return toHalfWidth(text.replace(invisible, '')).replace(/^\s*['’‘`]+/u, '').trim();
}

/** For numbers and codes, in which no space has a meaning. */
export function cleanCode(text: string): string {
  return cleanCell(text).replace(/ /gu, '');
}
