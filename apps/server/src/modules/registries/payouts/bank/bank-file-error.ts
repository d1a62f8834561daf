import { AppError } from '#platform/errors.ts';

/** A file of the bank that does not add up is refused whole: half an answer would leave payments in doubt. */
export function refuseFile(message: string): never {
  throw new AppError('file-refused', message);
}
