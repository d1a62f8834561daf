import { Readable } from 'node:stream';
import type { QueryOf, getOpenContractingBulk } from '@sunlit/api-spec';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { projectCatalogue } from '../project-catalogue.ts';
import { oc4idsProject } from './oc4ids-project.ts';
import { ocdsRelease } from './ocds-release.ts';
import { readPublicProjects, type PublicProject } from './process-rows.ts';

type Kind = 'releases' | 'projects';
type Entry = Record<string, unknown>;

/** So many projects are read at a time: a file of ten years takes no more memory than one of a month. */
const projectsAtOnce = 200;

const typedByPeople = new Set(['title', 'description', 'rationale', 'purpose', 'name', 'procurementMethodRationale']);

/** What people typed may hold what must not go out; numbers of firms and processes stay as they are. Lists are never empty. */
function publicValue(key: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length === 0) return undefined;
  return typeof value === 'string' && typedByPeople.has(key) ? withoutPersonalData(value) : value;
}

function headOf(kind: Kind, uri: string): Entry {
  const { publisher, license } = projectCatalogue().openContracting;
  const head = { uri, publisher, publishedDate: new Date().toISOString(), license, version: kind === 'releases' ? '1.1' : '0.9' };
  return kind === 'releases' ? { ...head, extensions: ['https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json'] } : head;
}

/** A package of one process or project. */
export function packageOf(kind: Kind, uri: string, entry: Entry): Entry {
  return { ...headOf(kind, uri), [kind]: [JSON.parse(JSON.stringify(entry, publicValue))] };
}

/** Everything of a division and year as one package, however much it is. The standard has no package of nothing. */
export async function openBulkPackage(query: QueryOf<typeof getOpenContractingBulk>, address: { uri: string; base: string }): Promise<Readable> {
  const entries = entriesOf(query, address.base);
  const first = await entries.next();
  if (first.done) throw new AppError('not-found');
  return Readable.from(textOf(query.kind, address.uri, first.value, entries));
}

async function* textOf(kind: Kind, uri: string, first: Entry, rest: AsyncGenerator<Entry>): AsyncGenerator<string> {
  yield `${JSON.stringify(headOf(kind, uri)).slice(0, -1)},"${kind}":[${JSON.stringify(first, publicValue)}`;
  for await (const entry of rest) yield `,${JSON.stringify(entry, publicValue)}`;
  yield ']}';
}

async function* entriesOf(query: QueryOf<typeof getOpenContractingBulk>, base: string): AsyncGenerator<Entry> {
  const name = await regionNamer();
  const day = today();
  let after: PublicProject | undefined;
  do {
    const found = await inTransaction(systemActor, (trx) => readPublicProjects(trx, { regionCode: query.regionCode, fiscalYear: query.fiscalYear, after }, projectsAtOnce));
    for (const one of found) {
      if (query.kind === 'projects') yield oc4idsProject(one, name, day, base);
      else for (const process of one.processes) yield ocdsRelease(process, day);
    }
    after = found.length === projectsAtOnce ? found.at(-1) : undefined;
  } while (after);
}
