import { demoAsOf, type FundStep } from '@sunlit/demo';
import { addDays, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import * as registry from '#modules/registries/projects/index.ts';
import type { Making } from './make-project.ts';

type AssetStep = Extract<FundStep, { kind: 'asset' }>;

/** Fewer households would not be told to the public, and a distribution to nobody is none. */
const leastHouseholds = 6;

/** An asset with its lease and income; what goes wrong with it, or how its rent reaches everybody. */
export async function makeAsset(making: Making, step: AssetStep): Promise<string> {
  const { actor: clerk, nextId, actorOf, known } = making;
  const { wrong } = step;
  const { id } = await registry.recordAsset(clerk, { commandId: nextId(), regionCode: step.placeCode, projectId: step.project ? known(step.project) : null, title: step.title, class: step.assetClass, originalFen: step.amountFen, formedOn: step.formedOn, operator: '村股份经济合作社' });
  const town = await actorOf(`town:${step.placeCode.slice(0, 9)}000`);
  const registeredOn = addDays(step.formedOn, 20);
  if (wrong !== 'A01' && registeredOn <= demoAsOf) await registry.registerAsset(town, id, { commandId: nextId(), ownerKind: 'village', ownerName: '村集体', registeredOn, certificateNumber: `QR-${step.ref}` });
  if (step.assetClass === 'public' || wrong === 'A02') return id;
  if (wrong === 'P07') {
    await registry.inspectAsset(clerk, id, { commandId: nextId(), inspectedOn: '2026-02-20', state: 'idle', note: '承租方退租，门窗上锁' });
    return id;
  }
  await leaseAndCollect(making, id, step);
  return id;
}

async function leaseAndCollect(making: Making, id: string, step: AssetStep): Promise<void> {
  const { actor: clerk, nextId, known } = making;
  const { wrong } = step;
  const yearlyFen = Math.max(100_00, Math.round(step.amountFen / 16 / 10_000) * 10_000);
  const old = step.formedOn < addDays(demoAsOf, -360);
  const startOn = old ? '2026-01-01' : addDays(step.formedOn, 10);
  // a rent that was due long enough ago to be missed; otherwise one that is due next year
  const dueOn = old ? '2026-04-01' : wrong === 'uncollected' || wrong === 'unshared' || wrong === 'F20' ? addDays(startOn, 20) : addDays(startOn, 300);
  const lease = await registry.leaseAsset(clerk, id, {
    commandId: nextId(),
    number: `ZL-${step.ref}`,
    vendorId: known(step.vendor),
    startOn,
    endOn: addDays(startOn, 365),
    yearlyFen,
    appraisedFen: wrong === 'A03' ? yearlyFen * 2 : yearlyFen,
    vote: wrong === 'A03' ? null : { meeting: 'representatives', heldOn: addDays(startOn, -8), eligible: 45, present: 41, inFavour: 40, minutesNumber: `租赁决议-${step.ref}` },
    publishedOn: addDays(startOn, -5),
    dues: [{ dueOn, amountFen: yearlyFen }],
  });
  const receive = async (amountFen: number, receivedOn: string) => registry.receiveIncome(clerk, id, { commandId: nextId(), kind: 'rent', leaseId: lease.id, due: 1, receiptNumber: `SJ-${step.ref}`, amountFen, receivedOn });
  if (wrong === 'unshared') await receive(yearlyFen, addDays(dueOn, 2));
  // recent enough that sharing it out is not late
  if (wrong === 'F20') await receive(yearlyFen / 2, addDays(demoAsOf, -12));
  if (wrong !== 'shared' && wrong !== 'F18' && wrong !== 'F24') return;
  if (step.households < leastHouseholds) {
    await receive(yearlyFen, addDays(demoAsOf, -20));
    return;
  }
  const income = await receive(yearlyFen, addDays(dueOn, 3));
  await shareOut(making, id, step, income.id, yearlyFen);
}

/** The village votes, the town approves, finance pays, a helper hears every household. */
async function shareOut({ actor: clerk, nextId, actorOf }: Making, id: string, step: AssetStep, incomeId: string, incomeFen: number): Promise<void> {
  const range = regionRange(step.placeCode);
  const households = await inTransaction(clerk, async (trx) => (await sql<{ id: string; number: string }>`SELECT id, number FROM households.household WHERE responsible_region_code >= ${range.from} AND responsible_region_code < ${range.to} ORDER BY number LIMIT ${step.households}`.execute(trx)).rows);
  const each = Math.floor((incomeFen * 0.6) / households.length / 100) * 100;
  const { id: distribution } = await registry.proposeDistribution(clerk, id, {
    commandId: nextId(),
    incomeId,
    proposedOn: '2026-04-20',
    vote: { meeting: 'representatives', heldOn: '2026-04-18', eligible: 45, present: 40, inFavour: 40, minutesNumber: `分配决议-${step.ref}` },
    // by work and need, as the village resolved; where the rule should speak all get the same
    shares: households.map(({ number }, index) => ({ householdNumber: number, amountFen: step.wrong === 'F18' ? each : each - (index % 5) * 100 })),
  });
  const town: Actor = await actorOf(`town:${step.placeCode.slice(0, 9)}000`);
  await registry.decideDistribution(town, distribution, { commandId: nextId(), approve: true, decidedOn: '2026-04-24', reason: '表决合规，名单无误' });
  await registry.payDistribution(await actorOf(`finance:${step.countyCode}`), distribution, { commandId: nextId(), voucherNumber: `FP-${step.ref}`, paidOn: '2026-05-06' });
  const helper = await actorOf(`helper:${step.placeCode}`);
  for (const [index, household] of households.entries()) {
    const short = step.wrong === 'F24' && index === 0;
    await registry.answerShare(helper, distribution, { commandId: nextId(), householdId: household.id, answer: short ? 'less' : 'received', ...(short ? { answeredFen: Math.floor(each / 2) } : {}), answeredOn: '2026-05-12' });
  }
}
