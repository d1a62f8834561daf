import { randomUUID } from 'node:crypto';
import type { BodyOf, inspectAsset as inspectEndpoint, recordAsset as recordEndpoint, registerAsset as registerEndpoint } from '@sunlit/api-spec';
import { countyCodeOf, isWithin, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { findProjectRow } from '../pool/project-store.ts';
import { getAssetRow } from './asset-store.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Records an asset. Its plate carries a random token that says nothing about it. */
export async function recordAsset(actor: Actor, command: BodyOf<typeof recordEndpoint>): Promise<{ id: string }> {
  authorize(actor, 'asset.manage', { regionCode: command.regionCode });
  if (command.formedOn > today()) throw wrong('formedOn', '日期不能晚于今天。');
  return runCommand(actor, 'asset.record', command, async (trx) => {
    if (!(await findRegion(trx, command.regionCode))) throw wrong('regionCode', '没有这个区划。');
    if (command.projectId !== null) {
      const project = await findProjectRow(trx, command.projectId);
      if (!project || !isWithin(project.region_code, command.regionCode)) throw wrong('projectId', '没有这个项目，或它不在这个地点。');
      if (!['completed', 'accepted', 'audited', 'settled'].includes(project.state)) throw wrong('projectId', '项目完工以后才能登记形成的资产。');
    }
    const id = newId();
    const { rows } = await sql<{ number: string }>`SELECT lpad(nextval('projects.asset_number')::text, 6, '0') AS number`.execute(trx);
    await trx
      .insertInto('projects.asset')
      .values({ county_code: countyCodeOf(command.regionCode), id, region_code: command.regionCode, number: `ZC-${rows[0]!.number}`, project_id: command.projectId, title: withoutPersonalData(command.title), class_code: command.class, original_fen: command.originalFen, formed_on: command.formedOn, operator_name: withoutPersonalData(command.operator), state_on: command.formedOn, plate_token: randomUUID(), recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: 'asset.record', objectKind: 'asset', objectId: id, regionCode: command.regionCode, details: { class: command.class, originalFen: command.originalFen, project: command.projectId } });
    return { id };
  });
}

/** Settles who owns it (确权). */
export async function registerAsset(actor: Actor, id: string, body: BodyOf<typeof registerEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'asset.register', { ...body, id } as typeof body, async (trx) => {
    const asset = await getAssetRow(trx, id, { lock: true });
    authorize(actor, 'asset.approve', { regionCode: asset.region_code });
    if (asset.state === 'disposed') throw new AppError('wrong-state', '资产已经处置。');
    if (body.registeredOn > today() || body.registeredOn < asset.formed_on) throw wrong('registeredOn', '确权日期应在资产形成以后、今天以前。');
    await trx.updateTable('projects.asset').set({ owner_kind: body.ownerKind, owner_name: withoutPersonalData(body.ownerName), registered_on: body.registeredOn, certificate_number: body.certificateNumber }).where('id', '=', id).execute();
    await recordAudit(trx, actor, { action: 'asset.register', objectKind: 'asset', objectId: id, regionCode: asset.region_code, details: { owner: body.ownerKind } });
    return { ok: true as const };
  });
}

/** What somebody saw on the spot; the asset is in that state since then. */
export async function inspectAsset(actor: Actor, id: string, body: BodyOf<typeof inspectEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'asset.inspect', { ...body, id } as typeof body, async (trx) => {
    const asset = await getAssetRow(trx, id, { lock: true });
    authorize(actor, 'asset.manage', { regionCode: asset.region_code });
    if (asset.state === 'disposed') throw new AppError('wrong-state', '资产已经处置。');
    if (body.inspectedOn > today() || body.inspectedOn < asset.formed_on) throw wrong('inspectedOn', '巡查日期应在资产形成以后、今天以前。');
    await trx
      .insertInto('projects.inspection')
      .values({ county_code: asset.county_code, id: newId(), asset_id: id, region_code: asset.region_code, inspected_on: body.inspectedOn, state: body.state, note: withoutPersonalData(body.note), by_id: actor.accountId, by_name: actor.displayName })
      .execute();
    // an older visit written down late does not undo what was seen since
    if (body.state !== asset.state && body.inspectedOn >= asset.state_on) await trx.updateTable('projects.asset').set({ state: body.state, state_on: body.inspectedOn }).where('id', '=', id).execute();
    await recordAudit(trx, actor, { action: 'asset.inspect', objectKind: 'asset', objectId: id, regionCode: asset.region_code, details: { state: body.state } });
    return { ok: true as const };
  });
}
