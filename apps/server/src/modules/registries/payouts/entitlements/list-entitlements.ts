import type { EntitlementItem, PayoutObstacle, QueryOf, ResponseOf, exportEntitlements as exportEndpoint, listEntitlements as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { nameFor } from '#modules/registries/households/index.ts';
import { maskedAccount, yuan } from '../payee-words.ts';
import { makeEntitlementList, type Entitlement } from './entitlement-list.ts';
import { standardView, type KeptStandard } from './payout-standard.ts';

type Query = Omit<QueryOf<typeof exportEndpoint>, 'purpose'>;
const filterOf = (actor: Actor, query: Query) => ({ ...query, regionCode: query.regionCode ?? actor.regionCode, asOf: query.asOf ?? today() });

export function sumOf(entitlements: readonly Entitlement[]): { lines: number; households: number; totalFen: number } {
  const payable = entitlements.filter((one) => one.obstacle === null);
  return { lines: payable.length, households: new Set(payable.map((one) => one.enrolment.household_id)).size, totalFen: payable.reduce((sum, one) => sum + one.amountFen, 0) };
}

/** The list is made anew at every look: nothing is kept until a batch is made of it. */
export async function listEntitlements(actor: Actor, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  const filter = filterOf(actor, query);
  authorize(actor, 'payout.read', { regionCode: filter.regionCode });
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { standard, entitlements } = await makeEntitlementList(trx, filter);
    const shown = entitlements.filter((one) => query.obstacle === undefined || (query.obstacle === 'none') === (one.obstacle === null));
    const from = Number(readCursor(query.cursor)?.[0] ?? 0);
    const obstacles = Map.groupBy(entitlements.flatMap((one) => one.obstacle ?? []), (obstacle) => obstacle);
    return {
      ...page(shown.slice(from, from + query.limit + 1), query.limit, () => [from + query.limit], shown.length, (one) => itemOf(actor, one, standard, query.months, name)),
      asOf: filter.asOf,
      standard: standardView(standard, name),
      payable: sumOf(entitlements),
      obstacles: [...obstacles].map(([obstacle, all]) => ({ obstacle, lines: all.length })),
    };
  });
}

function itemOf(actor: Actor, { enrolment, units, amountFen, obstacle }: Entitlement, standard: KeptStandard, months: number, name: Awaited<ReturnType<typeof regionNamer>>): EntitlementItem {
  return {
    enrolmentId: enrolment.enrolment_id,
    householdId: enrolment.household_id,
    householdNumber: enrolment.household_number,
    region: name(enrolment.region_code),
    payee: enrolment.name === null ? '—' : nameFor(actor, enrolment.name),
    accountMasked: maskedAccount(enrolment.account_enc),
    units,
    months,
    standardFen: standard.amountFen,
    amountFen,
    obstacle,
  };
}

const obstacleWords: Record<PayoutObstacle, [string, string]> = {
  'no-account': ['没有登记银行账号', 'No account on record'],
  'no-valid-id': ['没有有效证件号码', 'No valid identity number'],
  'left-household': ['已不在户内', 'Has left the household'],
  died: ['已登记死亡', 'Recorded as died'],
  'already-listed': ['本月已列入其他批次', 'Listed for this month already'],
  'counted-once': ['同户已计发', 'The household is counted already'],
};

export async function exportEntitlements(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  const filter = filterOf(actor, query);
  authorize(actor, 'payout.read', { regionCode: filter.regionCode });
  const name = await regionNamer();
  const en = locale === 'en';
  return inTransaction(actor, async (trx) => {
    const { standard, entitlements } = await makeEntitlementList(trx, filter);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'payout.export', objectKind: 'export', objectId: exportId, regionCode: filter.regionCode, reason: query.purpose, details: { rows: entitlements.length, programme: filter.programmeCode, month: filter.month } });
    const header = en
      ? ['Division', 'Household', 'Payee', 'Account', 'Standard (yuan)', 'Units', 'Months', 'Amount (yuan)', 'Cannot be paid because']
      : ['区划', '户编号', '领款人', '账号', '标准（元）', '计发数', '月数', '金额（元）', '不能发放的原因'];
    const body = entitlements.map((one) => {
      const item = itemOf(actor, one, standard, query.months, name);
      return [item.region.fullName, item.householdNumber, item.payee, item.accountMasked ?? '', yuan(item.standardFen), String(item.units), String(item.months), yuan(item.amountFen), item.obstacle ? obstacleWords[item.obstacle][en ? 1 : 0] : ''];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${query.purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${query.purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
