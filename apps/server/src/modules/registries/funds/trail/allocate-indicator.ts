import type { BodyOf, allocateIndicator as endpoint } from '@sunlit/api-spec';
import { countyCodeOf, isWithin, newId, regionLevelOf } from '@sunlit/kernel';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { addWorkingDays, loadCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { departmentNames, findRegion } from '#modules/organisation/index.ts';
import { move } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { getIndicatorRow, insertIndicator, lineageBelow, trancheOf, type IndicatorRow, type NewIndicator } from './indicator-store.ts';
import { requireHeld, requireNotBefore, requireNotFuture, requireOpenYear } from './trail-policy.ts';

/**
 * Passes money on. It leaves the giver's book and lies in transit in the receiver's, whose clock runs until they confirm
 * that it arrived.
 */
export async function allocateIndicator(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ id: string }> {
  const command = { ...body, id };
  return runCommand(actor, 'fund.allocate', command, async (trx) => {
    const parent = await getIndicatorRow(trx, id, { lock: true });
    authorize(actor, 'fund.allocate', { regionCode: parent.region_code });
    requireHeld(parent);
    requireNotBefore('issuedOn', command.issuedOn, parent.arrived_on, '到账日期');
    requireNotFuture('issuedOn', command.issuedOn, today());
    requireOpenYear('issuedOn', parent, command.issuedOn);
    await requireReceiver(trx, parent, command);
    const childId = newId();
    const child: NewIndicator = {
      county_code: countyCodeOf(command.regionCode),
      id: childId,
      region_code: command.regionCode,
      department_code: command.departmentCode,
      kind: 'allocation',
      parent_id: parent.id,
      parent_region_code: parent.region_code,
      root_id: parent.root_id,
      document_id: null,
      document_number: command.documentNumber,
      lineage: lineageBelow(parent),
      fund_code: parent.fund_code,
      fiscal_year: parent.fiscal_year,
      purpose_code: parent.purpose_code,
      title: parent.title,
      amount_fen: command.amountFen,
      issued_on: command.issuedOn,
      expected_on: await arrivalDeadline(trx, command.regionCode, command.issuedOn),
      arrived_on: null,
      clock_from: null,
      carried: parent.carried,
      state: 'in-transit',
      transaction_id: '',
    };
    child.transaction_id = await postTransaction(trx, actor, {
      kind: 'allocation',
      businessKey: `allocation:${childId}`,
      bookCode: parent.region_code,
      otherBookCode: child.region_code,
      day: command.issuedOn,
      summary: `${command.documentNumber} ${parent.title}`,
      lines: [...move(trancheOf(parent), command.amountFen, 'available', 'passed-on'), ...move(trancheOf(child), command.amountFen, 'received', 'in-transit')],
    });
    await insertIndicator(trx, actor, child);
    await recordAudit(trx, actor, { action: 'fund.allocate', objectKind: 'indicator', objectId: childId, regionCode: child.region_code, details: { from: parent.id, document: command.documentNumber, amountFen: command.amountFen } });
    return { id: childId };
  });
}

async function requireReceiver(trx: Trx, parent: IndicatorRow, command: { regionCode: string; departmentCode: string | null; issuedOn: string }): Promise<void> {
  const refused = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });
  const region = await findRegion(trx, command.regionCode);
  if (!region || (region.validTo !== null && region.validTo <= command.issuedOn)) throw refused('regionCode', '没有这个区划，或它在下达日已经撤销。');
  if (!isWithin(command.regionCode, parent.region_code)) throw refused('regionCode', '只能分配给本级部门或下级。');
  if (regionLevelOf(command.regionCode) === 'village') throw refused('regionCode', '资金下达到乡镇为止；用到村的请安排计划。');
  if (command.departmentCode !== null && !(await departmentNames(trx)).has(command.departmentCode)) throw refused('departmentCode', '没有这个部门。');
  if (command.regionCode === parent.region_code && (command.departmentCode === null || command.departmentCode === parent.department_code)) throw refused('departmentCode', '分配给本级时，请选择另一个部门。');
}

async function arrivalDeadline(trx: Trx, regionCode: string, issuedOn: string): Promise<string> {
  const days = await findPolicy(trx, 'fund.clock.arrival-working-days', regionCode, issuedOn, z.number().int().positive());
  if (!days) throw new AppError('not-ready', '没有“到账确认期限”这项政策参数，不能计时。');
  return addWorkingDays(await loadCalendar(trx), issuedOn, days.value);
}
