const firstWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6];
const nextWeights = [3, 7, 9, 10, 5, 8, 4, 2];
/** 11 - (sum mod 11) shifted: position = remainder of the sum, value = check digit, 10 for X. */
const checkDigits = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export type IdNumberProblem = 'lost-digits' | 'birth-date' | 'checksum';

/**
 * The same judgement as `parseIdCardNumber` in the kernel (a property test holds them together), on integers, because
 * a delivery holds a million of them: first nine digits, next eight, check digit (10 for X).
 */
export function checkIdNumber(firstNine: number, nextEight: number, check: number): IdNumberProblem | undefined {
  let sum = 0;
  let rest = firstNine;
  for (let place = 8; place >= 0; place -= 1) {
    sum += (rest % 10) * firstWeights[place]!;
    rest = Math.trunc(rest / 10);
  }
  rest = nextEight;
  for (let place = 7; place >= 0; place -= 1) {
    sum += (rest % 10) * nextWeights[place]!;
    rest = Math.trunc(rest / 10);
  }
  const checksumFits = checkDigits[sum % 11] === check;
  if (!checksumFits && check === 0 && nextEight % 100 === 0) return 'lost-digits';
  const year = (firstNine % 1000) * 10 + Math.trunc(nextEight / 10_000_000);
  const month = Math.trunc(nextEight / 100_000) % 100;
  if (!isDay(year, month, Math.trunc(nextEight / 1000) % 100)) return 'birth-date';
  return checksumFits ? undefined : 'checksum';
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1800 || month < 1 || month > 12 || day < 1 || day > daysInMonth[month - 1]!) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}
