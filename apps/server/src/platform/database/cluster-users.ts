import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

let entries = 0;

/** Which processes use the database server of a folder: one file each, named by the number of the process. */
export class ClusterUsers {
  readonly #folder: string;
  readonly #lock: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'postgres-users');
    this.#lock = join(dataFolder, 'postgres.lock');
  }

  /** Counts this process in; what it returns counts it out and says how many are left. Both only while `alone`. */
  enter(): () => number {
    mkdirSync(this.#folder, { recursive: true });
    const file = join(this.#folder, `${process.pid}.${(entries += 1)}`);
    writeFileSync(file, '');
    return () => {
      rmSync(file, { force: true });
      return this.#living();
    };
  }

  #living(): number {
    const names = readdirSync(this.#folder);
    const dead = names.filter((name) => !usesClusters(Number(name.split('.')[0])));
    for (const name of dead) rmSync(join(this.#folder, name), { force: true });
    return names.length - dead.length;
  }

  /** Starting and stopping exclude each other across processes: nobody adopts a server that is being stopped. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        writeFileSync(this.#lock, String(process.pid), { flag: 'wx' });
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const owner = Number(readIfThere(this.#lock));
        if (owner !== process.pid && owner > 0 && !usesClusters(owner)) rmSync(this.#lock, { force: true });
        else await wait(50);
      }
    }
    try {
      return await work();
    } finally {
      rmSync(this.#lock, { force: true });
    }
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** After a restart of the machine another program may have the same number: where it can be told, only Node counts. */
function usesClusters(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  return readIfThere(`/proc/${pid}/cmdline`).includes('node');
}
