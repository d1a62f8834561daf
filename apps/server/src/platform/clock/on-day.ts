import { AsyncLocalStorage } from 'node:async_hooks';

const told = new AsyncLocalStorage<string>();

/** Does the work as if it were that day: whoever tells the demo's past year goes through it day by day. Nothing that is served may use it. */
export function onDay<Result>(day: string, work: () => Promise<Result>): Promise<Result> {
  return told.run(day, work);
}

export function findToldDay(): string | undefined {
  return told.getStore();
}
