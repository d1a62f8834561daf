import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fundStepSchema, type CityManifest, type FundStep } from '@sunlit/demo';
import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { allocateIndicator, carryForward, confirmArrival, createIndicator, payPlan, planUse, recallAllocation, recordSourceDocument, reverseTransaction } from '#modules/registries/funds/index.ts';
import { CommandError } from '../command-error.ts';
import { actorOf } from './demo-actors.ts';
import { commandId, commandIds } from './demo-command-ids.ts';
import { makeAsset } from './make-asset.ts';
import { makeProject, makeVendor, makeWorks, payMilestone, type Making } from './make-project.ts';

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
      await performFundStep({ actor, id: commandId('demo-funds', plan, index), nextId: commandIds('demo-funds', plan, index), actorOf, known, remember: (ref, id) => ids.set(ref, id) }, step, ids, transactions);
      if (step.refused) throw new CommandError(`演示资金第 ${index + 1} 步本应被拒绝（${step.refused}）。`);
    } catch (error) {
      if (!(error instanceof AppError && error.code === step.refused)) throw error;
    }
    if (index % 50 === 49) onProgress(index + 1, steps.length);
  }
}

/** One step of the file; what it makes is remembered by its name. */
export async function performFundStep(making: Making & { id: string }, step: FundStep, ids: Map<string, string>, transactions: Map<string, string>): Promise<void> {
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
