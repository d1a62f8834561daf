import { Readable } from 'node:stream';
import type { QueryOf, getOpenContractingBulk } from '@sunlit/api-spec';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import type { OpenContractingPublisher } from '../project-policy-kinds.ts';
import { oc4idsProject } from './oc4ids-project.ts';
import { ocdsRelease } from './ocds-release.ts';
import { findPublisher, getPublisher, publishingDivision } from './open-contracting-publisher.ts';
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

/** `policy` is where it says in words what the package leaves out. */
function headOf(kind: Kind, uri: string, policy: string | undefined, { name, uri: ownAddress, license }: OpenContractingPublisher): Entry {
  const head = { uri, publisher: { name, uri: ownAddress }, publishedDate: new Date().toISOString(), license, ...(policy ? { publicationPolicy: policy } : {}), version: kind === 'releases' ? '1.1' : '0.9' };
  return kind === 'releases' ? { ...head, extensions: ['https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json'] } : head;
}

/** A package of one process or project. */
export function packageOf(kind: Kind, uri: string, publisher: OpenContractingPublisher, entry: Entry): Entry {
  return { ...headOf(kind, uri, undefined, publisher), [kind]: [JSON.parse(JSON.stringify(entry, publicValue))] };
}

/** Everything of a division and year as one package, however much it is. The standard has no package of nothing. */
export async function openBulkPackage(query: QueryOf<typeof getOpenContractingBulk>, address: { uri: string; base: string }): Promise<Readable> {
  const publisher = await inTransaction(systemActor, async (trx) => getPublisher(trx, await publishingDivision(trx, query.regionCode)));
  const entries = entriesOf(query, address.base);
  const first = await entries.next();
  if (first.done) throw new AppError('not-found');
  return Readable.from(textOf(query.kind, headOf(query.kind, address.uri, `${address.base}/projects${query.regionCode ? `?regionCode=${query.regionCode}` : ''}`, publisher), first.value, entries));
}

async function* textOf(kind: Kind, head: Entry, first: Entry, rest: AsyncGenerator<Entry>): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"${kind}":[${JSON.stringify(first, publicValue)}`;
  for await (const entry of rest) yield `,${JSON.stringify(entry, publicValue)}`;
  yield ']}';
}

/** Each county's own prefixes; a county that has set none stays out of the file of its city. */
async function* entriesOf(query: QueryOf<typeof getOpenContractingBulk>, base: string): AsyncGenerator<Entry> {
  const name = await regionNamer();
  const day = today();
  const publishers = new Map<string, OpenContractingPublisher | undefined>();
  let after: PublicProject | undefined;
  do {
    const found = await inTransaction(systemActor, async (trx) => {
      const part = await readPublicProjects(trx, { regionCode: query.regionCode, fiscalYear: query.fiscalYear, after }, projectsAtOnce);
      for (const { project } of part) if (!publishers.has(project.county_code)) publishers.set(project.county_code, await findPublisher(trx, project.county_code));
      return part;
    });
    for (const one of found) {
      const publisher = publishers.get(one.project.county_code);
      if (!publisher) continue;
      if (query.kind === 'projects') yield oc4idsProject(one, publisher, name, day, base);
      else for (const process of one.processes) yield ocdsRelease(process, publisher, day);
    }
    after = found.length === projectsAtOnce ? found.at(-1) : undefined;
  } while (after);
}
