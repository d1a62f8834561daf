import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { payoutStepSchema, type CityManifest, type FundStep, type PayoutStep } from '@sunlit/demo';
import { addDays } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { onDay } from '#platform/clock/on-day.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { sayNotReceived } from '#modules/participation/my-file/index.ts';
import { decidePolicy, proposePolicy } from '#modules/programmes/index.ts';
import * as payouts from '#modules/registries/payouts/index.ts';
import { CommandError } from '../command-error.ts';
import { writeBankAnswer, writeStatement, type BankSaid } from './bank-host.ts';
import { actorOf } from './demo-actors.ts';
import { commandId, commandIds } from './demo-command-ids.ts';
import { performFundStep } from './make-funds.ts';

type StepOf<Kind extends PayoutStep['kind']> = Extract<PayoutStep, { kind: Kind }>;
type Answer = NonNullable<StepOf<'batch'>['answer']>;
interface Batch {
  id: string;
  number: string;
}

/** what is left in draft for whoever tries the demo can be decided for at least so many days */
const daysToDecide = 20;

/**
 * Pays the benefits of the demo city's fiscal year: every list is made, checked, approved, sent and answered under the
 * accounts of those who do such things, on the day they did it. Performed again, it goes on where it stopped.
 */
export async function makePayouts(folder: string, plan: string, manifest: Pick<CityManifest, 'payouts'>, onProgress: (done: number, of: number) => void): Promise<void> {
  const steps = readFileSync(join(folder, manifest.payouts.file), 'utf8').split('\n').filter(Boolean).map((line) => payoutStepSchema.parse(JSON.parse(line)));
  const ids = new Map<string, string>();
  const batches = new Map<string, Batch>();
  const known = (ref: string) => ids.get(ref) ?? missing(ref);
  const batchOf = (ref: string) => batches.get(ref) ?? missing(ref);
  for (const [index, step] of steps.entries()) {
    const actor = await actorOf(step.by);
    const nextId = commandIds('demo-payouts', plan, index);
    switch (step.kind) {
      case 'standard':
        await onDay(step.day, () => setStandard(actor, step, nextId));
        break;
      case 'batch': {
        const made = await makeBatch(actor, step, known(step.plan), nextId);
        if (made) batches.set(step.ref, made);
        break;
      }
      case 're-issue':
        batches.set(step.ref, await reissue(actor, step, batchOf(step.batch), known(step.plan), nextId));
        break;
      case 'returned':
        await onDay(step.day, async () => bring(actor, batchOf(step.batch), nextId(), 'statement.xml', writeStatement(step.day, (await linesOf(actor, batchOf(step.batch).id)).filter((line) => step.households.includes(line.household)).map((line) => ({ ...line, ...step })))));
        break;
      case 'not-received':
        await sayMissing(actor, step, batchOf(step.batch), nextId);
        break;
      default:
        await performFundStep({ actor, id: commandId('demo-payouts', plan, index), nextId, actorOf, known, remember: (ref, id) => ids.set(ref, id) }, step satisfies FundStep, ids, new Map());
    }
    onProgress(index + 1, steps.length);
  }
}

function missing(ref: string): never {
  throw new CommandError(`演示发放里没有“${ref}”。`);
}

async function setStandard(actor: Actor, step: StepOf<'standard'>, nextId: () => string): Promise<void> {
  const { id } = await proposePolicy(actor, { commandId: nextId(), regionCode: step.regionCode, code: `payout.standard.${step.programmeCode}`, value: { amountFen: step.amountFen, perPerson: true }, validFrom: step.validFrom, basis: step.basis });
  await decidePolicy(await actorOf(step.decider), id, { commandId: nextId(), action: 'approve', reason: '与文件一致' });
}

async function makeBatch(actor: Actor, step: StepOf<'batch'>, planId: string, nextId: () => string): Promise<Batch | undefined> {
  const { programmeCode, month, months, regionCode, asOf } = step;
  const standing = step.left ? await payouts.listBatches(actor, { regionCode, programmeCode, month, limit: 1, sort: '-made' }) : undefined;
  if (standing && standing.items.length > 0) return standing.items[0];
  const payDay = step.left ? [step.payDay, addDays(today(), daysToDecide)].toSorted().at(-1)! : step.payDay;
  const batch = await onDay(step.madeOn, () => payouts.createBatch(actor, { commandId: nextId(), planId, programmeCode, month, months, regionCode, asOf, payDay }));
  const checker = await actorOf(step.checker);
  await onDay(step.madeOn, async () => {
    await payouts.examineBatch(checker, batch.id, { commandId: nextId() });
    if (step.withdrawn !== undefined) await payouts.withdrawBatch(actor, batch.id, { commandId: nextId(), reason: step.withdrawn });
  });
  if (step.left || step.withdrawn !== undefined) return batch;
  await onDay(step.madeOn, () => decide(checker, batch.id, step.decisions, nextId));
  await carryToBank(step, batch, step.madeOn, step.answer!, nextId);
  return batch;
}

async function decide(checker: Actor, batchId: string, decisions: StepOf<'batch'>['decisions'], nextId: () => string): Promise<void> {
  for (const { doubt, first, hold, reason } of decisions) {
    // decided ones too: performed again, the same ones are decided the same way
    const { items } = await payouts.listProposals(checker, batchId, { limit: 200 });
    const proposals = items.filter((one) => one.doubt === doubt).toSorted((a, b) => a.line.ordinal - b.line.ordinal).slice(0, first);
    for (const { id } of proposals) await payouts.decideProposal(checker, id, { commandId: nextId(), decision: hold ? 'hold' : 'pay', reason, ...(hold ? { legalBasis: hold.legalBasis, holdDays: hold.days } : {}) });
  }
}

async function carryToBank(step: Pick<StepOf<'batch'>, 'checker' | 'approver' | 'format'>, batch: Batch, day: string, answer: Answer, nextId: () => string): Promise<void> {
  const [checker, finance] = [await actorOf(step.checker), await actorOf(step.approver)];
  await onDay(day, async () => {
    await payouts.confirmCheck(checker, batch.id, { commandId: nextId() });
    await payouts.approveBatch(finance, batch.id, { commandId: nextId() });
    await payouts.sendBatch(finance, batch.id, { commandId: nextId(), format: step.format });
  });
  await onDay(answer.day, async () => {
    const failed = new Map(answer.failed.map((one) => [one.household, one]));
    const lines = (await linesOf(finance, batch.id)).filter(({ state }) => !['held', 'withdrawn'].includes(state));
    const said = lines.map((line): BankSaid => ({ ...line, code: failed.get(line.household)?.code ?? '0000', text: failed.get(line.household)?.text ?? '' }));
    const twice = said.filter((_, index) => answer.twice.includes(lines[index]!.household));
    await bring(finance, batch, nextId(), `${batch.number}-result.${step.format === 'delimited' ? 'txt' : 'dat'}`, writeBankAnswer(step.format, batch.number, answer.day, [...said, ...twice]));
  });
}

async function reissue(actor: Actor, step: StepOf<'re-issue'>, failed: Batch, planId: string, nextId: () => string): Promise<Batch> {
  const checker = await actorOf(step.checker);
  const batch = await onDay(step.day, async () => {
    const made = await payouts.reissueLines(actor, failed.id, { commandId: nextId(), planId, payDay: step.day });
    await payouts.examineBatch(checker, made.id, { commandId: nextId() });
    return made;
  });
  await carryToBank(step, batch, step.day, step.answer, nextId);
  return batch;
}

async function sayMissing(actor: Actor, step: StepOf<'not-received'>, batch: Batch, nextId: () => string): Promise<void> {
  const line = (await linesOf(actor, batch.id)).find(({ household }) => household === step.household) ?? missing(step.household);
  await sayNotReceived(actor, line.householdId, { commandId: nextId(), paymentId: line.lineId, channel: 'in-person', text: step.text });
}

async function linesOf(actor: Actor, batchId: string): Promise<{ lineId: string; householdId: string; amountFen: number; household: string; state: string }[]> {
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<{ lineId: string; householdId: string; amountFen: number; household: string; state: string }>`
      SELECT l.id AS "lineId", l.household_id AS "householdId", l.amount_fen AS "amountFen", h.number AS household, l.state FROM payouts.line l JOIN households.household h ON h.id = l.household_id AND h.county_code = l.county_code WHERE l.batch_id = ${batchId} ORDER BY l.ordinal`.execute(trx);
    return rows;
  });
}

async function bring(finance: Actor, batch: Batch, id: string, fileName: string, content: Buffer): Promise<void> {
  await withPrivateFolder(async (folder) => {
    const path = join(folder, fileName);
    await writeFile(path, content, { mode: 0o600 });
    await payouts.importResults(finance, batch.id, { path, fileName, mediaType: 'application/octet-stream', size: content.length, fields: { commandId: id } });
  });
}
