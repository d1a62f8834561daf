import { countyCodeOf, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { fingerprintOf, type FindingCandidate } from '#analytics/rule-runner/index.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { householdTokens } from '#modules/registries/households/search-tokens.ts';
import { openFindings } from '#modules/supervision/findings/index.ts';
import { getRule } from '#modules/supervision/rule-catalogue/index.ts';

/** Sees officials' findings too, as a cross-check does. */
export const crossCheckActor: Actor = { ...systemActor, permissions: new Set(['finding.read-officials']) };

export interface BuiltHousehold {
  id: string;
  number: string;
  regionCode: string;
  personId: string;
  personKey: string;
}

/** A household of one, as an import would leave it. The identity number uses the synthetic prefix. */
export async function buildHousehold(options: { regionCode: string; name?: string; idNumber?: string; number?: string }): Promise<BuiltHousehold> {
  const id = newId();
  const personId = newId();
  const name = options.name ?? '测试甲';
  const idNumber = options.idNumber ?? '399900196001010018';
  const number = options.number ?? id.slice(-8);
  const county = countyCodeOf(options.regionCode);
  const keys = new Pseudonymiser(getKeyring().pseudonymKey);
  const personKey = keys.ofIdNumber(idNumber);
  await inTransaction(systemActor, async (trx) => {
    await sql`INSERT INTO households.household (county_code, id, number, responsible_region_code, head_name, status_code, status_from, member_count)
      VALUES (${county}, ${id}, ${number}, ${options.regionCode}, ${name}, 'unstable', '2026-01-01', 1)`.execute(trx);
    await sql`INSERT INTO households.person (county_code, id, household_id, responsible_region_code, name, name_key, id_number_enc, person_key, birth_date, sex_code)
      VALUES (${county}, ${personId}, ${id}, ${options.regionCode}, ${name}, ${keys.ofName(name)}, ${encryptValue('id-number', idNumber)}, ${personKey}, '1960-01-01', '1')`.execute(trx);
    await sql`INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from)
      VALUES (${county}, ${newId()}, ${id}, ${personId}, ${options.regionCode}, '01', '2026-01-01')`.execute(trx);
    await sql`INSERT INTO households.person_fact (county_code, id, person_id, responsible_region_code, labour_code, valid_from, source) VALUES (${county}, ${newId()}, ${personId}, ${options.regionCode}, 'ordinary', '2026-01-01', 'import')`.execute(trx);
    await sql`INSERT INTO households.household_status (county_code, id, household_id, responsible_region_code, status_code, valid_from) VALUES (${county}, ${newId()}, ${id}, ${options.regionCode}, 'unstable', '2026-01-01')`.execute(trx);
    const tokens = householdTokens({ number, members: [{ name, lastFour: idNumber.slice(-4), personKey }] });
    await sql`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id) SELECT token, ${options.regionCode}, ${county}, ${id}::uuid FROM unnest(${tokens}::text[]) AS t (token)`.execute(trx);
  });
  return { id, number, regionCode: options.regionCode, personId, personKey };
}

export function candidateOf(ruleCode: string, household: BuiltHousehold, period = ''): FindingCandidate {
  const subjectId = household.personId;
  const base = { subjectId, householdId: household.id, personId: household.personId, countyCode: countyCodeOf(household.regionCode), regionCode: household.regionCode, period };
  return {
    ruleCode,
    ruleVersion: 1,
    subjectKind: 'person',
    ...base,
    fingerprint: fingerprintOf(ruleCode, subjectId, period),
    evidence: [
      { ...base, dataset: 'death', deliveryId: null, sourceRow: null, fact: 'death-recorded', observedOn: '2026-05-11', amountFen: null, detail: null },
      { ...base, dataset: 'payout', deliveryId: null, sourceRow: null, fact: 'paid-after-death', observedOn: '2026-07-10', amountFen: 66000, detail: '2026-07' },
    ],
  };
}

/** A released finding of O09 (or, as `officials`, one that opens with discipline inspection). */
export async function buildFinding(household: BuiltHousehold, options: { released?: boolean; officials?: boolean; runId?: string; period?: string } = {}): Promise<string> {
  const rule = await getRule('O09');
  const shown = options.officials ? { ...rule, visibility: 'discipline-first' as const } : rule;
  return inTransaction(crossCheckActor, async (trx) => {
    const candidate = candidateOf('O09', household, options.period);
    await openFindings(trx, options.runId ?? newId(), shown, [candidate]);
    if (options.released !== false) await sql`UPDATE supervision.finding SET released_at = now(), due_on = '2026-12-31' WHERE fingerprint = ${candidate.fingerprint}`.execute(trx);
    const { rows } = await sql<{ id: string }>`SELECT id FROM supervision.finding WHERE fingerprint = ${candidate.fingerprint}`.execute(trx);
    return rows[0]!.id;
  });
}

/** One payment of a batch against a plan of nobody, as far along as `state` says. */
export async function buildPayout(household: BuiltHousehold, options: { state: 'draft' | 'sent' | 'settled' }): Promise<{ batchId: string; lineId: string }> {
  const [batchId, lineId] = [newId(), newId()];
  const county = countyCodeOf(household.regionCode);
  const [made, checked, approved] = [newId(), newId(), newId()];
  const lineState = { draft: 'listed', sent: 'sent', settled: 'paid' }[options.state];
  const further = options.state === 'draft' ? null : { checked, approved };
  await inTransaction(systemActor, async (trx) => {
    await sql`INSERT INTO payouts.batch (county_code, id, number, region_code, plan_id, kind, programme_code, month, months, as_of, pay_day, standard, line_count, household_count, total_fen, state, made_by, made_by_name, checked_by, approved_by, sent_by)
      VALUES (${county}, ${batchId}, ${`FF-${batchId.slice(-6)}`}, ${household.regionCode}, ${newId()}, 'monthly', 'subsistence-rural', '2026-10', 1, ${today()}, ${today()}, ${JSON.stringify({ amountFen: 42000, perPerson: true, regionCode: county, validFrom: '2024-01-01', basis: '标准' })}::jsonb, 1, 1, 42000,
        ${options.state}, ${made}, '编制人', ${further?.checked ?? null}, ${further?.approved ?? null}, ${further?.approved ?? null})`.execute(trx);
    await sql`INSERT INTO payouts.line (county_code, id, batch_id, ordinal, region_code, enrolment_id, household_id, person_id, payee_key, payee_name, account_enc, units, months, standard_fen, amount_fen, state, paid_on)
      SELECT ${county}, ${lineId}::uuid, ${batchId}::uuid, 1, ${household.regionCode}, ${newId()}::uuid, ${household.id}::uuid, ${household.personId}::uuid, ${household.personKey}::uuid, name, ${encryptValue('bank-account', '6222020800000012345')}, 1, 1, 42000, 42000, ${lineState}, ${options.state === 'settled' ? today() : null}::date
      FROM households.person WHERE id = ${household.personId}`.execute(trx);
  });
  return { batchId, lineId };
}
