import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fundStepSchema, type CityManifest, type FundStep } from '@sunlit/demo';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findActorByUserName, insertStaff, regionNamer } from '#modules/organisation/index.ts';
import { allocateIndicator, carryForward, confirmArrival, createIndicator, payPlan, planUse, recallAllocation, recordSourceDocument, reverseTransaction } from '#modules/registries/funds/index.ts';
import { CommandError } from '../command-error.ts';
import { makeAsset } from './make-asset.ts';
import { makeProject, makeVendor, makeWorks, payMilestone, type Making } from './make-project.ts';

const duties: Record<string, { role: string; title: string; departmentCode: string }> = {
  finance: { role: 'finance-officer', title: '财政资金员', departmentCode: 'finance' },
  planner: { role: 'county-officer', title: '业务员', departmentCode: 'agriculture' },
  town: { role: 'town-reviewer', title: '乡镇审核员', departmentCode: 'agriculture' },
  clerk: { role: 'village-clerk', title: '村级信息员', departmentCode: 'agriculture' },
  helper: { role: 'helper', title: '帮扶责任人', departmentCode: 'agriculture' },
};

/** Personas that can be tried are the ones who act where there is one. */
const personaOf: Record<string, string> = { 'finance:320800000000': 'finance.city', 'finance:320826000000': 'finance', 'planner:320826000000': 'officer.lianshui' };

/**
 * Performs the fiscal year of the demo city, command by command, each under the account of whoever does such things. Every
 * command id follows from its place in the file: after an interruption the same file goes on where it stopped.
 */
export async function makeFunds(folder: string, plan: string, manifest: Pick<CityManifest, 'funds'>, onProgress: (done: number, of: number) => void): Promise<void> {
  const steps = readFileSync(join(folder, manifest.funds.file), 'utf8').split('\n').filter(Boolean).map((line) => fundStepSchema.parse(JSON.parse(line)));
  const ids = new Map<string, string>();
  const transactions = new Map<string, string>();
  const known = (ref: string) => {
    const found = ids.get(ref);
    if (!found) throw new CommandError(`演示资金里没有“${ref}”。`);
    return found;
  };
  for (const [index, step] of steps.entries()) {
    const actor = await actorOf(step.by);
    try {
      await perform({ actor, id: commandId(plan, index), nextId: commandIds(plan, index), actorOf, known, remember: (ref, id) => ids.set(ref, id) }, step, ids, transactions);
      if (step.refused) throw new CommandError(`演示资金第 ${index + 1} 步本应被拒绝（${step.refused}）。`);
    } catch (error) {
      if (!(error instanceof AppError && error.code === step.refused)) throw error;
    }
    if (index % 50 === 49) onProgress(index + 1, steps.length);
  }
}

async function perform(making: Making & { id: string }, step: FundStep, ids: Map<string, string>, transactions: Map<string, string>): Promise<void> {
  const { actor, known } = making;
  const body = { commandId: making.id };
  switch (step.kind) {
    case 'document': {
      const { number, title, issuer, regionCode, issuedOn, amountFen } = step;
      ids.set(step.ref, (await recordSourceDocument(actor, { ...body, number, title, issuer, regionCode, issuedOn, amountFen })).id);
      return;
    }
    case 'indicator': {
      const { fundCode, purposeCode, fiscalYear, title, amountFen, arrivedOn } = step;
      ids.set(step.ref, (await createIndicator(actor, { ...body, documentId: known(step.document), fundCode, purposeCode, fiscalYear, title, amountFen, arrivedOn })).id);
      return;
    }
    case 'allocate':
      ids.set(step.ref, (await allocateIndicator(actor, known(step.from), { ...body, regionCode: step.regionCode, departmentCode: null, documentNumber: step.documentNumber, amountFen: step.amountFen, issuedOn: step.issuedOn })).id);
      return;
    case 'arrive':
      await confirmArrival(actor, known(step.indicator), { ...body, arrivedOn: step.arrivedOn });
      return;
    case 'recall':
      await recallAllocation(actor, known(step.indicator), { ...body, amountFen: step.amountFen, recalledOn: step.recalledOn, reason: step.reason });
      return;
    case 'carry':
      ids.set(step.ref, (await carryForward(actor, known(step.indicator), { ...body, carriedOn: step.carriedOn, documentNumber: step.documentNumber })).id);
      return;
    case 'plan':
      ids.set(step.ref, (await planUse(actor, known(step.indicator), { ...body, kind: step.planKind, useCode: step.useCode, title: step.title, placeCode: step.placeCode, projectId: step.project ? known(step.project) : null, households: step.households, amountFen: step.amountFen, plannedOn: step.plannedOn, finishBy: step.finishBy })).id);
      return;
    case 'vendor':
      ids.set(step.ref, await makeVendor(making, step));
      return;
    case 'project': {
      const made = await makeProject(making, step);
      ids.set(step.ref, made.id);
      ids.set(`${step.ref}:contract`, made.contractId);
      ids.set(`${step.ref}:paper`, made.paperId);
      return;
    }
    case 'works':
      await makeWorks(making, step);
      return;
    case 'asset':
      ids.set(step.ref, await makeAsset(making, step));
      return;
    case 'pay': {
      if (step.project) {
        transactions.set(step.ref, await payMilestone(making, step));
        return;
      }
      const households = step.payeeKind === 'household' ? await householdsOf(actor, step) : [];
      const amountFen = step.payeeKind === 'household' ? households.reduce((sum, one) => sum + one.amountFen, 0) : step.amountFen;
      const paid = await payPlan(actor, known(step.plan), { ...body, voucherNumber: step.voucherNumber, payeeKind: step.payeeKind, ...(step.payee === undefined ? {} : { payee: step.payee }), accountKind: 'unit', households, amountFen, paidOn: step.paidOn });
      transactions.set(step.ref, paid.transactionId);
      return;
    }
    case 'reverse':
      await reverseTransaction(actor, transactions.get(step.payment)!, { ...body, day: step.day, reason: step.reason });
      return;
  }
}

async function householdsOf(actor: Actor, step: Extract<FundStep, { kind: 'pay' }>): Promise<{ householdId: string; amountFen: number }[]> {
  const each = step.perHouseholdFen!;
  const range = regionRange(step.placeCode!);
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<{ id: string }>`SELECT id FROM households.household WHERE responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to} ORDER BY responsible_region_code, number LIMIT ${Math.floor(step.amountFen / each)}`.execute(trx);
    return rows.map(({ id }) => ({ householdId: id, amountFen: each }));
  });
}

/** Ids of the commands that one step of the file consists of. */
function commandIds(plan: string, index: number): () => string {
  let part = 0;
  return () => commandId(plan, `${index}.${(part += 1)}`);
}

function commandId(plan: string, index: number | string): string {
  const hex = createHash('sha256').update(`demo-funds ${plan} ${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const actors = new Map<string, Actor>();

/** The account behind `role:division`; one that cannot sign in where no persona holds it. */
async function actorOf(by: string): Promise<Actor> {
  const known = actors.get(by);
  if (known) return known;
  const [duty, regionCode] = by.split(':') as [string, string];
  const userName = personaOf[by] ?? `${duty}.${regionCode.replace(/0+$/, '')}`;
  const { role, title, departmentCode } = duties[duty]!;
  if (!(await findActorByUserName(userName))) {
    const name = await regionNamer();
    await inTransaction(systemActor, async (trx) => {
      const id = newId();
      await insertStaff(trx, { id, userName, displayName: `演示·${name(regionCode).name}${title}`, regionCode, departmentCode, service: true, roles: [role] });
      await recordAudit(trx, systemActor, { action: 'staff.create', objectKind: 'staff', objectId: id, regionCode, details: { roles: [role] } });
    });
  }
  const actor = await findActorByUserName(userName);
  if (!actor) throw new CommandError(`演示账号 ${userName} 不存在。`);
  actors.set(by, actor);
  return actor;
}
