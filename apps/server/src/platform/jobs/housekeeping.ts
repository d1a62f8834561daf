import { withExclusiveLockIfFree } from '../database/exclusive-lock.ts';
import { log } from '../logging/log.ts';

/** Work that nobody asks for: removing what has been kept long enough. Safe to repeat and to break off. */
type Housekeeping = () => Promise<void>;

const works = new Map<string, Housekeeping>();

export function registerHousekeeping(name: string, work: Housekeeping): void {
  works.set(name, work);
}

/** Does all of it once; one process at a time does each, and the failure of one does not keep the others. */
export async function keepHouse(): Promise<void> {
  for (const [name, work] of works) {
    try {
      await withExclusiveLockIfFree(`housekeeping:${name}`, work);
    } catch (error) {
      log.error({ work: name, error: (error as Error).message }, 'housekeeping');
    }
  }
}
