import type { FastifyInstance } from 'fastify';
import { setActorLoader } from '#platform/authorization/actor.ts';
import { registerJob } from '#platform/jobs/jobs.ts';
import { abandonDelivery, checkDelivery, registerDataIntakeRoutes, registerPersonKeySource } from '#modules/data-intake/index.ts';
import { registerPolicyRoutes, registerRuleSchemas } from '#modules/programmes/index.ts';
import { findActorByAccount, registerOrganisationRoutes, registerSessionRoutes } from '#modules/organisation/index.ts';
import { registerPublicFigureRoutes } from '#modules/participation/disclosure/index.ts';
import { registerVoiceRoutes } from '#modules/participation/feedback/index.ts';
import { registerCockpitRoutes } from '#modules/supervision/cockpit/index.ts';
import { abandonRun, registerCrossCheckRoutes, runCrossCheck } from '#modules/supervision/cross-checks/index.ts';
import { listPersonKeys, registerHouseholdReferences, registerHouseholdRoutes, registerImportJobs, registerImportRoutes } from '#modules/registries/households/index.ts';
import { registerFundRoutes } from '#modules/registries/funds/index.ts';
import { listHouseholdsWithFindings, registerFindingRoutes } from '#modules/supervision/findings/index.ts';
import { getRuleLibrary, registerRuleRoutes } from '#modules/supervision/rule-catalogue/index.ts';

/** THE list of modules; the only file that imports them all. */
export function registerModules(): void {
  setActorLoader(findActorByAccount);
  // Law: a kind that needs an authorisation is matched with nobody who has not given one; none are recorded yet.
  registerPersonKeySource(async (actor, kind) => (kind.matching.authorisationRequired ? [] : listPersonKeys(actor)));
  registerRuleSchemas(async (code) => (await getRuleLibrary()).rules.find((rule) => rule.code === code)?.parameters.partial().strict());
  registerJob('delivery-check', checkDelivery, abandonDelivery);
  registerJob('cross-check-run', runCrossCheck, abandonRun);
  registerImportJobs();
  registerHouseholdReferences(listHouseholdsWithFindings);
}

export function registerModuleRoutes(app: FastifyInstance): void {
  registerSessionRoutes(app);
  registerOrganisationRoutes(app);
  registerPolicyRoutes(app);
  registerDataIntakeRoutes(app);
  registerImportRoutes(app);
  registerHouseholdRoutes(app);
  registerFundRoutes(app);
  registerRuleRoutes(app);
  registerFindingRoutes(app);
  registerCrossCheckRoutes(app);
  registerCockpitRoutes(app);
  registerVoiceRoutes(app);
  registerPublicFigureRoutes(app);
}
