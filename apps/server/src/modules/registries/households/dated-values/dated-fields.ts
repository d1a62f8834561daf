import { decryptOptional, encryptOptional, type PersonalField } from '#platform/personal-data/cipher.ts';

/** How the value of each field that has a course is kept; a phone, number, address or account as the registry itself keeps it. */
const kept = {
  name: 'identity-field',
  idNumber: 'id-number',
  birthDate: 'identity-field',
  sex: 'identity-field',
  ethnicity: 'identity-field',
  phone: 'phone',
  address: 'address',
  bankName: 'identity-field',
  account: 'bank-account',
} as const satisfies Record<string, PersonalField>;

export type DatedField = keyof typeof kept;

export const encryptDated = (field: DatedField, value: string | null): Buffer | null => encryptOptional(kept[field], value);
export const decryptDated = (field: DatedField, value: Buffer | null): string | null => decryptOptional(kept[field], value);
