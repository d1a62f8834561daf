import type { FastifyInstance } from 'fastify';
import { setActorLoader } from '#platform/authorization/actor.ts';
import { findActorByAccount, registerOrganisationRoutes, registerSessionRoutes } from '#modules/organisation/index.ts';
import { registerVoiceRoutes } from '#modules/participation/feedback/index.ts';
import { registerHouseholdRoutes } from '#modules/registries/households/index.ts';
import { registerFindingRoutes } from '#modules/supervision/findings/index.ts';
import { registerRuleRoutes } from '#modules/supervision/rule-catalogue/index.ts';

/** THE list of modules; the only file that imports them all. */
export function registerModules(): void {
  setActorLoader(findActorByAccount);
}

export function registerModuleRoutes(app: FastifyInstance): void {
  registerSessionRoutes(app);
  registerOrganisationRoutes(app);
  registerHouseholdRoutes(app);
  registerRuleRoutes(app);
  registerFindingRoutes(app);
  registerVoiceRoutes(app);
}
