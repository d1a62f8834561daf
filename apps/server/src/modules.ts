import type { FastifyInstance } from 'fastify';
import { setActorLoader } from '#platform/authorization/actor.ts';
import { findActorByAccount, registerOrganisationRoutes, registerSessionRoutes } from '#modules/organisation/index.ts';
import { registerHouseholdRoutes, registerImportJobs, registerImportRoutes } from '#modules/registries/households/index.ts';

/** THE list of modules; the only file that imports them all. */
export function registerModules(): void {
  setActorLoader(findActorByAccount);
  registerImportJobs();
}

export function registerModuleRoutes(app: FastifyInstance): void {
  registerSessionRoutes(app);
  registerOrganisationRoutes(app);
  registerImportRoutes(app);
  registerHouseholdRoutes(app);
}
