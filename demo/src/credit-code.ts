import { creditCodeCheckCharacter } from '@sunlit/kernel';
import type { Random } from './random.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A well-formed credit code below the unassigned division of all synthetic numbers. */
export function creditCode(random: Random): string {
  let first17 = '91399900M';
  while (first17.length < 17) first17 += alphabet[random.between(0, alphabet.length - 1)] ?? '0';
  return first17 + creditCodeCheckCharacter(first17);
}
