import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { oc4idsProject } from './oc4ids-project.ts';
import { ocdsRelease } from './ocds-release.ts';
import { getPublisher } from './open-contracting-publisher.ts';
import { openBulkPackage, packageOf } from './open-package.ts';
import { getPublicPlate, getPublicProject, listPublicProjects, listPublisherGaps, openPublicPhoto } from './public-projects.ts';
import { readPublicProjects } from './process-rows.ts';

/** Contracts and projects in the open formats that red-flag tools read. Nothing in them is about a natural person. */
export function registerDisclosureRoutes(app: FastifyInstance): void {
  const base = (request: { protocol: string; host: string }) => `${request.protocol}://${request.host}`;
  const address = (request: { protocol: string; host: string; url: string }) => `${base(request)}${request.url}`;
  handle(app, spec.getOpenContractingRelease, async ({ params, request }) => {
    const { process, publisher } = await inTransaction(systemActor, async (trx) => {
      const [found] = await readPublicProjects(trx, { processId: params.id }, 1);
      const process = found?.processes.find(({ id }) => id === params.id);
      if (!process) throw new AppError('not-found');
      return { process, publisher: await getPublisher(trx, process.project.county_code) };
    });
    return packageOf('releases', address(request), publisher, ocdsRelease(process, publisher, today()));
  });
  handle(app, spec.getOpenContractingProject, async ({ params, request }) => {
    const { found, publisher } = await inTransaction(systemActor, async (trx) => {
      const [found] = await readPublicProjects(trx, { id: params.id }, 1);
      if (!found) throw new AppError('not-found');
      return { found, publisher: await getPublisher(trx, found.project.county_code) };
    });
    return packageOf('projects', address(request), publisher, oc4idsProject(found, publisher, await regionNamer(), today(), base(request)));
  });
  handle(app, spec.getOpenContractingBulk, async ({ query, request, reply }) => {
    const file = await openBulkPackage(query, { uri: address(request), base: base(request) });
    return reply.type('application/json; charset=utf-8').header('content-disposition', `attachment; filename="open-contracting-${query.kind}.json"`).send(file);
  });
  handle(app, spec.listPublisherGaps, async ({ actor }) => listPublisherGaps(actor));
  handle(app, spec.listPublicProjects, async ({ query }) => listPublicProjects(query));
  handle(app, spec.getPublicProject, async ({ params }) => getPublicProject(params.id));
  handle(app, spec.getPublicPhoto, async ({ params, reply }) => reply.type('image/jpeg').header('cache-control', 'public, max-age=600').send(await openPublicPhoto(params.id)));
  handle(app, spec.getPublicPlate, async ({ params }) => getPublicPlate(params.id));
}
