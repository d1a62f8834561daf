import type { BodyOf, ResponseOf, decideVendorChange as decideEndpoint, getVendor as viewEndpoint, proposeVendorChange as proposeEndpoint } from '@sunlit/api-spec';
import { newId, parseIdCardNumber } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { pseudonymOf } from './vendors.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

async function getVendorRow(trx: Trx, id: string) {
  const row = await trx.selectFrom('projects.vendor').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found');
  return row;
}

/** A firm with what changed about it; who represents it is never shown, only that it changed. */
export async function viewVendor(actor: Actor, id: string): Promise<ResponseOf<typeof viewEndpoint>> {
  authorize(actor, 'project.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const row = await getVendorRow(trx, id);
    const changes = await trx.selectFrom('projects.vendor_change').selectAll().where('vendor_id', '=', id).orderBy('proposed_at', 'desc').limit(100).execute();
    const keys = await trx.selectFrom('projects.vendor_key').select('kind').where('vendor_id', '=', id).execute();
    return {
      id,
      creditCode: row.credit_code,
      name: row.name,
      county: name(row.county_code),
      debarredUntil: row.debarred_until,
      hasRepresentative: keys.some(({ kind }) => kind === 'representative'),
      changes: changes.map((one) => ({
        id: one.id,
        changedOn: one.changed_on,
        name: one.name,
        oldName: one.old_name,
        debarredUntil: one.debarred_until,
        oldDebarredUntil: one.old_debarred_until,
        representative: one.representative_key !== null,
        phone: one.contact_key !== null,
        paper: one.paper,
        state: one.state as 'proposed' | 'approved' | 'refused',
        proposedBy: one.proposed_by_name,
        decidedBy: one.decided_by_name,
        reason: one.decision_reason,
        mayDecide: one.state === 'proposed' && one.proposed_by !== actor.accountId && actor.permissions.has('project.approve'),
      })),
    };
  });
}

/** From the day of the change that debarred it; a debarment recorded with the firm holds since ever. */
export async function isDebarredOn(trx: Trx, vendor: { id: string; debarred_until: string | null }, day: string): Promise<boolean> {
  if (vendor.debarred_until === null || vendor.debarred_until < day) return false;
  const change = await trx.selectFrom('projects.vendor_change').select('changed_on').where('vendor_id', '=', vendor.id).where('state', '=', 'approved').where('debarred_until', '=', vendor.debarred_until).orderBy('changed_on').executeTakeFirst();
  return change === undefined || change.changed_on <= day;
}

/** The credit code never changes: another code is another firm. */
export async function proposeVendorChange(actor: Actor, vendorId: string, body: BodyOf<typeof proposeEndpoint>): Promise<{ id: string }> {
  const { representativeIdNumber, phone, ...kept } = body;
  const representative = representativeIdNumber === undefined ? undefined : parseIdCardNumber(representativeIdNumber);
  if (representative && !representative.ok) throw wrong('representativeIdNumber', '法定代表人的身份证号码不正确。');
  if (body.changedOn > today()) throw wrong('changedOn', '日期不能晚于今天。');
  // numbers stay out of what the command ledger keeps
  return runCommand(actor, 'vendor.propose-change', { ...kept, vendorId } as typeof kept, async (trx) => {
    const vendor = await getVendorRow(trx, vendorId);
    authorize(actor, 'project.run');
    const representativeKey = representative ? new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(representative.value) : null;
    const contactKey = phone === undefined ? null : pseudonymOf('contact', phone);
    const changedName = body.name !== undefined && body.name !== vendor.name ? withoutPersonalData(body.name) : null;
    const debarredUntil = body.debarredUntil !== undefined && body.debarredUntil !== vendor.debarred_until ? body.debarredUntil : null;
    if (changedName === null && debarredUntil === null && representativeKey === null && contactKey === null) throw wrong('name', '与现在登记的相同，没有改动。');
    const id = newId();
    const inserted = await trx
      .insertInto('projects.vendor_change')
      .values({ county_code: vendor.county_code, id, vendor_id: vendorId, changed_on: body.changedOn, name: changedName, debarred_until: debarredUntil, representative_key: representativeKey, contact_key: contactKey, paper: withoutPersonalData(body.paper), proposed_by: actor.accountId, proposed_by_name: actor.displayName })
      .onConflict((conflict) => conflict.columns(['county_code', 'vendor_id']).where('state', '=', 'proposed').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('wrong-state', '这家供应商有一项变更还在等审定。');
    await recordAudit(trx, actor, { action: 'vendor.propose-change', objectKind: 'vendor', objectId: vendorId, regionCode: vendor.county_code, details: { change: id, changedOn: body.changedOn } });
    return { id };
  });
}

/** Writes the change upon the record of this moment and keeps what was there before. */
export async function decideVendorChange(actor: Actor, id: string, body: BodyOf<typeof decideEndpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'vendor.decide-change', command, async (trx) => {
    const change = await trx.selectFrom('projects.vendor_change').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!change) throw new AppError('not-found');
    authorize(actor, 'project.approve', { regionCode: change.county_code });
    if (change.state !== 'proposed') throw new AppError('wrong-state', '这项变更已经审定。');
    if (change.proposed_by === actor.accountId) throw new AppError('conflict-of-interest', '提出变更的人不能审定，须由另一人办理。');
    const decided = { decided_by: actor.accountId, decided_by_name: actor.displayName, decided_at: new Date(), decision_reason: withoutPersonalData(body.reason) };
    if (body.approve) {
      const vendor = await getVendorRow(trx, change.vendor_id);
      const keys = await trx.selectFrom('projects.vendor_key').selectAll().where('vendor_id', '=', change.vendor_id).execute();
      const keyOf = (kind: string) => keys.find((one) => one.kind === kind)?.key ?? null;
      await trx
        .updateTable('projects.vendor_change')
        .set({ ...decided, state: 'approved', old_name: change.name === null ? null : vendor.name, old_debarred_until: change.debarred_until === null ? null : vendor.debarred_until, old_representative_key: change.representative_key === null ? null : keyOf('representative'), old_contact_key: change.contact_key === null ? null : keyOf('contact') })
        .where('id', '=', id)
        .execute();
      const named = { ...(change.name === null ? {} : { name: change.name }), ...(change.debarred_until === null ? {} : { debarred_until: change.debarred_until }) };
      if (Object.keys(named).length > 0) await trx.updateTable('projects.vendor').set(named).where('id', '=', change.vendor_id).execute();
      for (const [kind, key] of [['representative', change.representative_key], ['contact', change.contact_key]] as const) {
        if (key === null) continue;
        await trx.insertInto('projects.vendor_key').values({ county_code: change.county_code, vendor_id: change.vendor_id, kind, key }).onConflict((conflict) => conflict.columns(['county_code', 'vendor_id', 'kind']).doUpdateSet({ key })).execute();
      }
    } else await trx.updateTable('projects.vendor_change').set({ ...decided, state: 'refused' }).where('id', '=', id).execute();
    await recordAudit(trx, actor, { action: 'vendor.decide-change', objectKind: 'vendor', objectId: change.vendor_id, regionCode: change.county_code, reason: body.reason, details: { change: id, approved: body.approve } });
    return { ok: true as const };
  });
}
