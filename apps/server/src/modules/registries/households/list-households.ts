import type { QueryOf, ResponseOf, listHouseholds as listEndpoint } from '@sunlit/api-spec';
import { parseIdCardNumber } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listHouseholdRows } from './household-store.ts';
import { itemOf } from './household-view.ts';
import { tokensOfQuery } from './search-tokens.ts';

type Answer = ResponseOf<typeof listEndpoint>;

export async function listHouseholds(actor: Actor, query: QueryOf<typeof listEndpoint>, locale: Locale): Promise<Answer> {
  authorize(actor, 'household.read');
  // A household number may be as long as an identity number; only the latter is refused.
  if (query.q && hideIdNumbers(query.q) !== query.q) throw new AppError('request-invalid', '完整证件号不能放在网址里；请输入后四位，或用“按证件号查找”。', { fields: [{ path: 'q', message: '请输入后四位。' }] });
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { rows, count } = await listHouseholdRows(trx, {
      tokens: query.q ? tokensOfQuery(query.q) : undefined,
      regionCode: query.regionCode,
      status: query.status,
      sort: query.sort,
      after: readCursor(query.cursor),
      limit: query.limit + 1,
    });
    return page(rows, query.limit, (row) => (query.sort.endsWith('region') ? [row.responsible_region_code, row.number] : [row.number, row.id]), count, (row) => itemOf(actor, row, name, locale));
  });
}

/** By full identity number, through the blind index; the look-up is recorded, the number is not. */
export async function lookUpPerson(actor: Actor, text: string, locale: Locale): Promise<{ items: Answer['items'] }> {
  authorize(actor, 'household.read');
  const number = parseIdCardNumber(text);
  if (!number.ok) throw new AppError('request-invalid', undefined, { fields: [{ path: 'idNumber', message: '证件号码不正确，请核对。' }] });
  const key = new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(number.value);
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { rows } = await listHouseholdRows(trx, { tokens: [`k:${key}`], regionCode: undefined, status: undefined, sort: 'region', after: undefined, limit: 20 });
    for (const row of rows) await recordAudit(trx, actor, { action: 'household.lookup', objectKind: 'household', objectId: row.id, householdId: row.id, regionCode: row.responsible_region_code });
    if (rows.length === 0) await recordAudit(trx, actor, { action: 'household.lookup', objectKind: 'household', objectId: 'none' });
    return { items: rows.map((row) => itemOf(actor, row, name, locale)) };
  });
}
