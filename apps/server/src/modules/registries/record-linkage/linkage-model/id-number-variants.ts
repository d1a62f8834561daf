import { idCardCheckCharacter, isCalendarDate, normaliseIdCardNumber, parseIdCardNumber } from '@sunlit/kernel';

export interface IdNumberVariant {
  readonly value: string;
  readonly kind: 'as-written' | 'transposed' | 'one-digit';
}

/**
 * The valid numbers that a written number can have been meant for. A valid number means itself; one with a wrong check
 * character may have two neighbouring characters exchanged or one wrong.
 */
export function idNumberVariants(text: string): IdNumberVariant[] {
  const parsed = parseIdCardNumber(text);
  if (parsed.ok) return [{ value: parsed.value, kind: 'as-written' }];
  const written = normaliseIdCardNumber(text);
  const number = /^\d{15}$/u.test(written) ? `${written.slice(0, 6)}19${written.slice(6)}` : written;
  if (number.length === 17 && /^\d{17}$/u.test(number)) return variantsOfFirst17(number);
  if (!/^\d{17}[\dX]$/u.test(number)) return [];
  const found = new Map<string, IdNumberVariant>();
  const consider = (value: string, kind: IdNumberVariant['kind']) => {
    if (!found.has(value) && isValid(value)) found.set(value, { value, kind });
  };
  const characters = [...number];
  for (let at = 0; at < 17; at += 1) consider([...characters.slice(0, at), characters[at + 1], characters[at], ...characters.slice(at + 2)].join(''), 'transposed');
  for (let at = 0; at < 18; at += 1) for (const digit of at === 17 ? '0123456789X' : '0123456789') consider(number.slice(0, at) + digit + number.slice(at + 1), 'one-digit');
  return [...found.values()];
}

/** Without a check character (an old number) any digit may be the wrong one. */
function variantsOfFirst17(first17: string): IdNumberVariant[] {
  const found = new Map<string, IdNumberVariant>();
  const consider = (digits: string, kind: IdNumberVariant['kind']) => {
    const value = digits + idCardCheckCharacter(digits);
    if (!found.has(value) && isValid(value)) found.set(value, { value, kind });
  };
  for (let at = 0; at < 16; at += 1) consider(first17.slice(0, at) + first17[at + 1] + first17[at] + first17.slice(at + 2), 'transposed');
  for (let at = 0; at < 17; at += 1) for (const digit of '0123456789') consider(first17.slice(0, at) + digit + first17.slice(at + 1), 'one-digit');
  return [...found.values()];
}

function isValid(value: string): boolean {
  return /^\d{17}[\dX]$/u.test(value) && isCalendarDate(`${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`) && idCardCheckCharacter(value) === value[17];
}
