import type { BodyOf, QueryOf, ResponseOf, listVendors as listEndpoint, recordVendor as recordEndpoint } from '@sunlit/api-spec';
import { countyCodeOf, newId, parseCreditCode, parseIdCardNumber, regionLevelOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { regionNamer } from '#modules/organisation/index.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

export function pseudonymOf(kind: 'contact' | 'origin', value: string): string {
  return new Pseudonymiser(getKeyring().pseudonymKey).ofAccount(`${kind}${value}`);
}

/** Records a firm once per county. Who represents it is kept as a keyed pseudonym: enough to see that two firms share one. */
export async function recordVendor(actor: Actor, command: BodyOf<typeof recordEndpoint>): Promise<{ id: string }> {
  authorize(actor, 'project.run');
  const code = parseCreditCode(command.creditCode);
  if (!code.ok) throw wrong('creditCode', '统一社会信用代码不正确，请核对营业执照。');
  const representative = command.representativeIdNumber ? parseIdCardNumber(command.representativeIdNumber) : undefined;
  if (representative && !representative.ok) throw wrong('representativeIdNumber', '法定代表人的身份证号码不正确。');
  if (['nation', 'province', 'city'].includes(regionLevelOf(actor.regionCode))) throw wrong('creditCode', '供应商由县（市、区）或乡镇登记。');
  const { representativeIdNumber: _idNumber, phone: _phone, ...kept } = command;
  return runCommand(actor, 'vendor.record', { ...kept, hasRepresentative: representative !== undefined } as typeof kept, async (trx) => {
    const id = newId();
    const county = countyCodeOf(actor.regionCode);
    const inserted = await trx
      .insertInto('projects.vendor')
      .values({ county_code: county, id, credit_code: code.value, name: withoutPersonalData(command.name), debarred_until: command.debarredUntil, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .onConflict((conflict) => conflict.constraint('vendor_once').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', '这家供应商已经登记过。');
    const keys = [
      ...(representative ? [{ kind: 'representative', key: new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(representative.value) }] : []),
      ...(command.phone ? [{ kind: 'contact', key: pseudonymOf('contact', command.phone) }] : []),
    ];
    if (keys.length > 0) await trx.insertInto('projects.vendor_key').values(keys.map((one) => ({ ...one, county_code: county, vendor_id: id }))).execute();
    await recordAudit(trx, actor, { action: 'vendor.record', objectKind: 'vendor', objectId: id, regionCode: county, details: { creditCode: code.value } });
    return { id };
  });
}

export async function listVendors(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const after = readCursor(query.cursor);
    // Firms of the own county; above it, of every county below.
    const here = sql`(v.county_code >= platform.region_from() AND v.county_code < platform.region_to() OR v.county_code = ${countyCodeOf(actor.regionCode)})
      ${query.search ? sql`AND strpos(v.name || ' ' || v.credit_code, ${query.search}) > 0` : sql``}`;
    const { rows } = await sql<{ id: string; county_code: string; credit_code: string; name: string; debarred_until: string | null; contracts: number; value: number }>`
      SELECT v.id, v.county_code, v.credit_code, v.name, v.debarred_until, count(c.id)::int AS contracts, coalesce(sum(c.value_fen), 0)::bigint AS value
      FROM projects.vendor v LEFT JOIN projects.contract c ON c.county_code = v.county_code AND c.vendor_id = v.id
      WHERE ${here} ${after ? sql`AND (v.name, v.id) > (${after[0]}, ${after[1]}::uuid)` : sql``} GROUP BY v.county_code, v.id ORDER BY v.name, v.id LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM projects.vendor v WHERE ${here} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.name, row.id], count.rows[0]?.count ?? 0, (row) => ({ id: row.id, creditCode: row.credit_code, name: row.name, county: name(row.county_code), debarredUntil: row.debarred_until, contracts: row.contracts, valueFen: row.value }));
  });
}

export async function getVendor(trx: Trx, countyCode: string, id: string) {
  const row = await trx.selectFrom('projects.vendor').selectAll().where('county_code', '=', countyCode).where('id', '=', id).executeTakeFirst();
  if (!row) throw wrong('vendorId', '没有这家供应商，请先登记。');
  return row;
}
