import { dictionary, type DictionaryCode } from '#platform/configuration/dictionaries.ts';
import { AppError } from '#platform/errors.ts';

export function requireCode(code: DictionaryCode, field: string, value: string | null | undefined): void {
  if (value != null && !dictionary(code).some((entry) => entry.code === value)) throw new AppError('request-invalid', undefined, { fields: [{ path: `change.${field}`, message: '不在可选范围内。' }] });
}
