import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { projectCatalogue } from '../project-catalogue.ts';
import { oc4idsProject } from './oc4ids-project.ts';
import { ocdsRelease } from './ocds-release.ts';
import { getPublicPlate, getPublicProject, listPublicProjects, openPublicPhoto } from './public-projects.ts';
import { readPublicProjects } from './process-rows.ts';

/** A package names at most so many projects; ask by county and year for more. */
const mostProjects = 2_000;

const typedByPeople = new Set(['title', 'description', 'rationale', 'purpose', 'name', 'procurementMethodRationale']);

/** What people typed may hold what must not go out; numbers of firms and processes stay as they are. Lists are never empty. */
function publicValue(key: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length === 0) return undefined;
  return typeof value === 'string' && typedByPeople.has(key) ? withoutPersonalData(value) : value;
}

interface Package {
  uri: string;
  entries: Record<string, unknown>[];
  kind: 'releases' | 'projects';
}

function packageOf({ uri, entries, kind }: Package): Record<string, unknown> {
  // the standard has no package of nothing
  if (entries.length === 0) throw new AppError('not-found');
  const { publisher, license } = projectCatalogue().openContracting;
  const head = { uri, publisher, publishedDate: new Date().toISOString(), license, version: kind === 'releases' ? '1.1' : '0.9' };
  const clean = JSON.parse(JSON.stringify(entries, publicValue)) as Record<string, unknown>[];
  return kind === 'releases' ? { ...head, extensions: ['https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json'], releases: clean } : { ...head, projects: clean };
}

/** Contracts and projects in the open formats that red-flag tools read. Nothing in them is about a natural person. */
export function registerDisclosureRoutes(app: FastifyInstance): void {
  const base = (request: { protocol: string; host: string }) => `${request.protocol}://${request.host}`;
  const address = (request: { protocol: string; host: string; url: string }) => `${base(request)}${request.url}`;
  handle(app, spec.getOpenContractingRelease, async ({ params, request }) => {
    const found = await inTransaction(systemActor, (trx) => readPublicProjects(trx, { processId: params.id }, 1));
    const process = found[0]?.processes.find(({ id }) => id === params.id);
    if (!process) throw new AppError('not-found');
    return packageOf({ uri: address(request), entries: [ocdsRelease(process, today())], kind: 'releases' });
  });
  handle(app, spec.getOpenContractingProject, async ({ params, request }) => {
    const [found] = await inTransaction(systemActor, (trx) => readPublicProjects(trx, { id: params.id }, 1));
    if (!found) throw new AppError('not-found');
    return packageOf({ uri: address(request), entries: [oc4idsProject(found, await regionNamer(), today(), base(request))], kind: 'projects' });
  });
  handle(app, spec.getOpenContractingBulk, async ({ query, request, reply }) => {
    const name = await regionNamer();
    const found = await inTransaction(systemActor, (trx) => readPublicProjects(trx, { regionCode: query.regionCode, fiscalYear: query.fiscalYear }, mostProjects));
    const entries = query.kind === 'releases' ? found.flatMap(({ processes }) => processes.map((process) => ocdsRelease(process, today()))) : found.map((one) => oc4idsProject(one, name, today(), base(request)));
    reply.header('content-disposition', `attachment; filename="open-contracting-${query.kind}.json"`);
    return packageOf({ uri: address(request), entries, kind: query.kind });
  });
  handle(app, spec.listPublicProjects, async ({ query }) => listPublicProjects(query));
  handle(app, spec.getPublicProject, async ({ params }) => getPublicProject(params.id));
  handle(app, spec.getPublicPhoto, async ({ params, reply }) => reply.type('image/jpeg').header('cache-control', 'public, max-age=600').send(await openPublicPhoto(params.id)));
  handle(app, spec.getPublicPlate, async ({ params }) => getPublicPlate(params.id));
}
