import type { BodyOf, ResponseOf, getContract, measureContractItem as measureEndpoint, recordContractItems as recordEndpoint } from '@sunlit/api-spec';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { projectCatalogue, workItemTitle } from '../project-catalogue.ts';
import { getContractRow, type ContractRow } from './contract-store.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });
const thousandths = (quantity: number) => Math.round(quantity * 1000);
/** beyond this nothing is a real sum, and products no longer fit the rules' integers */
const mostFen = 100_000_000_000_000;
/** What an item costs, in fen: a half rounds up. */
const costOf = (quantityThousandths: number, unitPriceFen: number): number => Number((BigInt(quantityThousandths) * BigInt(unitPriceFen) + 500n) / 1000n);

/** The bill of quantities, written once: what changes later is an amendment, what was built is measured. */
export async function recordContractItems(actor: Actor, contractId: string, body: BodyOf<typeof recordEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'contract.items', { ...body, contractId } as typeof body, async (trx) => {
    const contract = await getContractRow(trx, contractId, { lock: true });
    authorize(actor, 'project.run', { regionCode: contract.region_code });
    if (contract.state !== 'active') throw new AppError('wrong-state', '合同已经结束。');
    if ((await listRows(trx, contractId)).length > 0) throw new AppError('already-exists', '这份合同的工程量清单已经登记过；变动请登记变更。');
    const known = new Set(projectCatalogue().workItems.map(({ code }) => code));
    for (const [index, item] of body.items.entries()) if (!known.has(item.itemCode)) throw wrong(`items.${index}.itemCode`, '没有这种工程项目。');
    const sum = body.items.reduce((total, item) => total + costOf(thousandths(item.quantity), item.unitPriceFen), 0);
    if (sum !== contract.signed_fen) throw wrong('items', `清单合计 ${(sum / 100).toFixed(2)} 元，应等于签订金额 ${(contract.signed_fen / 100).toFixed(2)} 元。`);
    await trx
      .insertInto('projects.contract_item')
      .values(body.items.map((item, index) => ({ county_code: contract.county_code, region_code: contract.region_code, contract_id: contractId, ordinal: index + 1, item_code: item.itemCode, title: withoutPersonalData(item.title), quantity_thousandths: thousandths(item.quantity), unit_price_fen: item.unitPriceFen })))
      .execute();
    await recordAudit(trx, actor, { action: 'contract.items', objectKind: 'contract', objectId: contractId, regionCode: contract.region_code, details: { items: body.items.length } });
    return { ok: true as const };
  });
}

/** Measured on site by somebody who did not sign; measured again, the later figure counts and the earlier stays in the audit. */
export async function measureContractItem(actor: Actor, contractId: string, body: BodyOf<typeof measureEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'contract.measure', { ...body, contractId } as typeof body, async (trx) => {
    const contract = await getContractRow(trx, contractId, { lock: true });
    authorize(actor, 'project.run', { regionCode: contract.region_code });
    if (contract.recorded_by === actor.accountId) throw new AppError('conflict-of-interest', '登记合同的人不能计量，须由另一人办理。');
    if (contract.state === 'terminated') throw new AppError('wrong-state', '合同已经结束。');
    if (body.measuredOn > today() || body.measuredOn < contract.signed_on) throw wrong('measuredOn', '日期应在签订以后、今天以前。');
    const document = await trx.selectFrom('projects.document').select('id').where('id', '=', body.documentId).where('project_id', '=', contract.project_id).executeTakeFirst();
    if (!document) throw wrong('documentId', '请选择这个项目的一份材料作为依据。');
    const before = (await listRows(trx, contractId)).find(({ ordinal }) => ordinal === body.ordinal);
    if (!before) throw wrong('ordinal', '清单里没有这一项。');
    if (costOf(thousandths(body.quantity), before.unit_price_fen) > mostFen) throw wrong('quantity', '数量过大，请核对。');
    await trx
      .updateTable('projects.contract_item')
      .set({ measured_thousandths: thousandths(body.quantity), measured_on: body.measuredOn, document_id: body.documentId, measured_by: actor.accountId, measured_by_name: actor.displayName })
      .where('contract_id', '=', contractId)
      .where('ordinal', '=', body.ordinal)
      .execute();
    await recordAudit(trx, actor, { action: 'contract.measure', objectKind: 'contract', objectId: contractId, regionCode: contract.region_code, details: { item: body.ordinal, before: before.measured_thousandths, measured: thousandths(body.quantity), document: body.documentId } });
    return { ok: true as const };
  });
}

const listRows = (trx: Trx, contractId: string) => trx.selectFrom('projects.contract_item').selectAll().where('contract_id', '=', contractId).orderBy('ordinal').execute();

/** The items with the reference price that was in force when the contract was signed. */
export async function listContractItems(trx: Trx, contract: Pick<ContractRow, 'id' | 'region_code' | 'signed_on'>): Promise<ResponseOf<typeof getContract>['items']> {
  const rows = await listRows(trx, contract.id);
  const references = new Map<string, number | null>();
  for (const code of new Set(rows.map((row) => row.item_code))) references.set(code, (await findPolicy(trx, `line.works-price-${code}`, contract.region_code, contract.signed_on, z.number().int()))?.value ?? null);
  return rows.map((row) => ({
    ordinal: row.ordinal,
    item: workItemTitle(row.item_code),
    title: row.title,
    quantity: row.quantity_thousandths / 1000,
    unitPriceFen: row.unit_price_fen,
    referenceFen: references.get(row.item_code) ?? null,
    measured: row.measured_thousandths === null ? null : row.measured_thousandths / 1000,
    measuredOn: row.measured_on,
    measuredBy: row.measured_by_name,
  }));
}
