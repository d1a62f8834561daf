import { idCardCheckCharacter } from '@sunlit/kernel';
import { dateOfDay } from './calendar.ts';

/**
 * First six digits of every identity number made here (regions/_base/synthetic-identity.yaml). GB/T 2260 assigns no
 * division beginning with 39, so no such number can belong to anybody.
 */
export const syntheticIdPrefix = '399900';

const lastDay = 50_000;

/** Gives out identity numbers, each once: valid birth date, sex digit and check character. */
export class IdentityNumbers {
  /** how many were given out per day of birth and sex; 500 exist of each */
  readonly #used = new Uint16Array(lastDay * 2);

  take(birthDay: number, sex: 'male' | 'female'): string {
    const odd = sex === 'male' ? 1 : 0;
    const slot = birthDay * 2 + odd;
    const count = this.#used[slot] ?? 0;
    if (count >= 500) throw new RangeError(`No identity numbers are left for ${dateOfDay(birthDay)}`);
    this.#used[slot] = count + 1;
    // a step coprime to 500 spreads the sequence numbers, as issuing offices do
    const sequence = ((count * 137 + birthDay) % 500) * 2 + odd;
    const first17 = `${syntheticIdPrefix}${dateOfDay(birthDay).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return first17 + idCardCheckCharacter(first17);
  }
}
