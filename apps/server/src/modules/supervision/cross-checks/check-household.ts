import type { ResponseOf, checkHousehold as endpoint } from '@sunlit/api-spec';
import { countyCodeOf } from '@sunlit/kernel';
import { renderHeadline } from '@sunlit/rule-kit';
import { authorisedRelation, checkSubjects, listAccountSharers, parametersPerCounty, type DatasetSource, type SnapshotSources } from '#analytics/rule-runner/index.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { chooseDatasets, withDatasets } from '#modules/data-intake/index.ts';
import { readPolicySnapshot, readRuleParameterLayers } from '#modules/programmes/index.ts';
import { findHousehold, findHouseholdsOfPersons, listAuthorisedPersonKeys, readHouseholdsForCheck } from '#modules/registries/households/index.ts';
import { getRuleLibrary } from '../rule-catalogue/index.ts';
import { reasonCodeOf, reasonText } from './not-run-reason.ts';

/** Asks every rule about one household as it stands today. Opens nothing; says nothing about officials to who may not read it. */
export async function checkHousehold(actor: Actor, householdId: string, purpose: string, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  const began = performance.now();
  const asOf = today();
  if (actor.ownHouseholds.includes(householdId)) throw new AppError('conflict-of-interest');
  const { household, inHand, policy, layersOf } = await inTransaction(actor, async (trx) => {
    const found = await findHousehold(trx, householdId);
    if (!found) throw new AppError('not-found');
    authorize(actor, 'subject.check', { regionCode: found.responsible_region_code });
    await recordAudit(trx, actor, { action: 'household.check', objectKind: 'household', objectId: householdId, householdId, regionCode: found.responsible_region_code, reason: purpose });
    return { household: found, inHand: await readHouseholdsForCheck(trx, asOf, [householdId]), policy: await readPolicySnapshot(trx, [countyCodeOf(found.responsible_region_code)]), layersOf: await readRuleParameterLayers(trx) };
  });
  const library = await getRuleLibrary();
  const rules = library.rules.filter((rule) => rule.visibility === 'ordinary' || actor.permissions.has('finding.read-officials'));
  const chosen = await chooseDatasets(systemActor, asOf, household.responsible_region_code);
  const { findings, outcomes } = await withDatasets(chosen, (open) =>
    checkSubjects({
      rules,
      parametersOf: parametersPerCounty(library, [household.county_code], asOf, layersOf),
      asOf,
      datasetTables: library.datasetTables,
      householdId,
      sources: async (connection): Promise<SnapshotSources> => {
        const datasets: Record<string, DatasetSource> = {};
        for (const { kind, relation, latestAsOf } of open) {
          const allowed = kind.matching.authorisationRequired ? await authorisedRelation(connection, kind, relation, await listAuthorisedPersonKeys(actor, kind.code, asOf)) : relation;
          datasets[kind.code] = { source: { relation: allowed }, latestAsOf };
        }
        const keys = await listAccountSharers(connection, new Map(open.map((one) => [one.kind.code, one.relation])), library.datasetTables, inHand.persons.flatMap((person) => (typeof person['person_key'] === 'string' ? [person['person_key']] : [])));
        const part = await inTransaction(actor, async (trx) => readHouseholdsForCheck(trx, asOf, [...new Set([householdId, ...(await findHouseholdsOfPersons(trx, keys))])]));
        return {
          registry: { households: { rows: part.households }, persons: { rows: part.persons }, enrolments: { rows: part.enrolments }, policy_lines: { rows: policy.policy_lines }, exclusive_programmes: { rows: policy.exclusive_programmes } },
          datasets,
        };
      },
    }),
  );
  const byCode = new Map(rules.map((rule) => [rule.code, rule]));
  const titleOf = (kind: string) => library.kinds.get(kind)?.title ?? { zh: kind, en: kind };
  return {
    milliseconds: Math.round(performance.now() - began),
    hits: findings.map((finding) => {
      const rule = byCode.get(finding.ruleCode)!;
      return { rule: rule.code, title: rule.titles, severity: rule.severity, headline: { zh: renderHeadline(rule, finding.evidence, 'zh'), en: renderHeadline(rule, finding.evidence, 'en') } };
    }),
    notRun: outcomes.flatMap((outcome) => (outcome.status === 'done' ? [] : [{ rule: outcome.ruleCode, reason: reasonText(outcome.reason ? reasonCodeOf(outcome.reason) : 'error', locale, titleOf)! }])),
  };
}
