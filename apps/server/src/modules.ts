import type { FastifyInstance } from 'fastify';
import { setActorLoader } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { registerHousekeeping } from '#platform/jobs/housekeeping.ts';
import { registerJob } from '#platform/jobs/jobs.ts';
import { abandonDelivery, checkDelivery, registerDataIntakeRoutes, registerPersonKeySource, removeForgottenFiles } from '#modules/data-intake/index.ts';
import { identificationPolicyKinds, listHouseholdsWithProcedures, registerComparison, registerIdentificationRoutes, subscribeIdentification } from '#modules/management/identification/index.ts';
import { keepNotices, noticePolicyKinds, registerNoticeRoutes } from '#modules/publication/index.ts';
import { registerPolicyKinds, registerPolicyRoutes } from '#modules/programmes/index.ts';
import { findActorByAccount, registerOrganisationRoutes, registerSessionRoutes } from '#modules/organisation/index.ts';
import { registerPublicFigureRoutes } from '#modules/participation/disclosure/index.ts';
import { qualityPolicyKinds, registerQualityRoutes, subscribeQuality, sweepQuality } from '#modules/registries/data-quality/index.ts';
import { findKeptPerson, linkagePolicyKinds, listPersonAliases, registerLinkageRoutes, searchPairs } from '#modules/registries/record-linkage/index.ts';
import { forgetVisits, myFilePolicyKinds, registerMyFileRoutes, subscribeMyFile } from '#modules/participation/my-file/index.ts';
import { registerVoiceRoutes } from '#modules/participation/feedback/index.ts';
import { registerCockpitRoutes } from '#modules/supervision/cockpit/index.ts';
import { abandonRun, checkHousehold, registerCrossCheckRoutes, runCrossCheck } from '#modules/supervision/cross-checks/index.ts';
import { authorityPolicyKinds, changePolicyKinds, followDivisions, incomePolicyKinds, listAuthorisedPersonKeys, listPersonKeys, registerAuthorisationRoutes, registerChangeRequestRoutes, registerHouseholdReferences, registerPersonAliases, registerHouseholdRoutes, registerImportJobs, registerImportRoutes } from '#modules/registries/households/index.ts';
import { fundPolicyKinds, registerFundRoutes, registerProjectChecks } from '#modules/registries/funds/index.ts';
import { listHouseholdsWithPayouts, payoutPolicyKinds, registerPayoutRoutes } from '#modules/registries/payouts/index.ts';
import { listHouseholdsOfProjects, projectPolicyKinds, registerProjectRoutes, requireProjectForPlan, requireWithinContract } from '#modules/registries/projects/index.ts';
import { deadlineKinds, listHouseholdsWithFindings, registerFindingRoutes, subscribeFindings } from '#modules/supervision/findings/index.ts';
import { registerRuleRoutes, rulePolicyKinds } from '#modules/supervision/rule-catalogue/index.ts';

/** THE list of modules; the only file that imports them all. */
export function registerModules(): void {
  setActorLoader(findActorByAccount);
  // Law: a kind that needs an authorisation is matched with nobody who has not given one.
  registerPersonKeySource(async (actor, kind) => (kind.matching.authorisationRequired ? listAuthorisedPersonKeys(actor, kind.code, today()) : listPersonKeys(actor)));
  registerPolicyKinds(rulePolicyKinds);
  registerPolicyKinds(async () => deadlineKinds());
  registerJob('delivery-check', checkDelivery, abandonDelivery);
  registerJob('cross-check-run', runCrossCheck, abandonRun);
  registerHousekeeping('delivered-files', removeForgottenFiles);
  registerHousekeeping('resident-visits', forgetVisits);
  registerHousekeeping('notices', () => keepNotices());
  registerJob('data-quality-sweep', (actor, payload) => sweepQuality(actor, payload), async () => undefined);
  registerJob('record-linkage-search', searchPairs, async () => undefined);
  registerPolicyKinds(async () => [...changePolicyKinds(), ...qualityPolicyKinds(), ...fundPolicyKinds(), ...linkagePolicyKinds(), ...payoutPolicyKinds(), ...noticePolicyKinds(), ...myFilePolicyKinds(), ...projectPolicyKinds(), ...identificationPolicyKinds(), ...incomePolicyKinds(), ...authorityPolicyKinds()]);
  registerHousekeeping('division-succession', followDivisions);
  registerProjectChecks({ beforePlan: requireProjectForPlan, beforePayment: requireWithinContract });
  subscribeQuality();
  registerComparison(checkHousehold);
  registerImportJobs();
  registerPersonAliases({ findKept: findKeptPerson, listAll: listPersonAliases });
  registerHouseholdReferences(listHouseholdsWithFindings);
  registerHouseholdReferences(listHouseholdsWithPayouts);
  registerHouseholdReferences(listHouseholdsOfProjects);
  registerHouseholdReferences(listHouseholdsWithProcedures);
  subscribeFindings();
  subscribeIdentification();
  subscribeMyFile();
}

export function registerModuleRoutes(app: FastifyInstance): void {
  registerSessionRoutes(app);
  registerOrganisationRoutes(app);
  registerPolicyRoutes(app);
  registerDataIntakeRoutes(app);
  registerNoticeRoutes(app);
  registerImportRoutes(app);
  registerHouseholdRoutes(app);
  registerChangeRequestRoutes(app);
  registerQualityRoutes(app);
  registerLinkageRoutes(app);
  registerAuthorisationRoutes(app);
  registerFundRoutes(app);
  registerPayoutRoutes(app);
  registerIdentificationRoutes(app);
  registerProjectRoutes(app);
  registerRuleRoutes(app);
  registerFindingRoutes(app);
  registerCrossCheckRoutes(app);
  registerCockpitRoutes(app);
  registerVoiceRoutes(app);
  registerMyFileRoutes(app);
  registerPublicFigureRoutes(app);
}
