/** 18 digits with a possible birth date, also in groups; 15 digits of an old card, but not inside a longer code (a plot, a receipt). */
const idNumbers = [
  /(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?![\dXx])/gu,
  /(?<![\dA-Za-z])[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z])/gu,
];

/** Most texts are done with this look. */
const manyDigits = /[\d０-９]{6}/u;

/** A free text without the identity numbers in it: people write them where nobody expects them. */
export function hideIdNumbers(text: string): string {
  if (!manyDigits.test(text)) return text;
  const plain = text.normalize('NFKC');
  const hidden = idNumbers.reduce((value, pattern) => value.replace(pattern, '[隐去]'), plain);
  return hidden === plain ? text : hidden;
}
