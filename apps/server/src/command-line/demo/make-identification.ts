import type { StepForm } from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { onDay } from '#platform/clock/on-day.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { applyOnline, confirmMeasure, deliverMeasure, openProcedure, promiseMeasure, takeStep, viewProcedure } from '#modules/management/identification/index.ts';
import { publishNotice } from '#modules/publication/index.ts';
import { recordAuthorisation } from '#modules/registries/households/index.ts';

interface People {
  clerk: Actor;
  reviewer: Actor;
  officer: Actor;
}

const contact = '村民委员会 0517-00000000';

/** A few cases of one town in different states, made by the ordinary commands of whoever does such things. Synthetic like all else. */
export async function makeIdentification({ clerk, reviewer, officer }: People): Promise<void> {
  const regionCode = clerk.regionCode;
  const ordinary = await householdsOf(reviewer, ['ordinary', 'lifted', 'low-income']);
  const [monitored, leaving] = await householdsOf(reviewer, ['unstable', 'marginal', 'sudden']);
  const command = () => ({ commandId: newId() });
  const step = async (actor: Actor, id: string, form: StepForm) => takeStep(actor, id, { ...command(), expectedVersion: (await viewProcedure(actor, id, 'zh-CN')).version, form });
  const open = (told: string, daysAgo: number, channel: 'hotline' | 'visit' | 'counter', householdId?: string) =>
    openProcedure(householdId ? reviewer : clerk, { ...command(), purpose: 'entry', regionCode, channel, eventOn: addDays(today(), -daysAgo), told, householdId });
  const visit = (risk: string, classCode: string): StepForm => ({
    action: 'verify', visitedOn: today(), classCode, risks: [risk], present: '户主', situation: '（合成数据）家里支出突然增加，眼下靠借钱周转。', incomePerCapitaFen: 720000, selfPaidFen: 4800000,
    food: 'ok', education: 'ok', medical: 'problem', housing: 'ok', water: 'ok', opinion: 'suggested',
  });
  const putUp = async (id: string): Promise<void> => {
    const attendees = ['甲', '乙', '丙', '丁', '戊', '己'].map((one) => ({ name: `演示代表${one}`, relation: 'none' as const, votes: true, namesake: false }));
    await step(reviewer, id, { action: 'appraise', heldOn: today(), chair: '演示·村主任', eligible: 8, attendees, votesFor: 6, votesAgainst: 0, abstained: 0, minutes: '（合成数据）一致同意。' });
    await step(reviewer, id, { action: 'put-up', contact, group: '二组' });
    await publishLast(id);
  };
  const publishLast = async (id: string): Promise<void> => {
    const notice = (await viewProcedure(officer, id, 'zh-CN')).notices.at(-1)!;
    await publishNotice(officer, notice.id, { ...command(), expectedVersion: 1 });
  };
  const daysAgo = <Result>(days: number, work: () => Promise<Result>) => onDay(addDays(today(), -days), work);
  /** Day by day through two weeks: to the end of the notice, or until the household is registered and helped. */
  const walkThrough = async (household: string, entered: boolean): Promise<void> => {
    const { id } = await daysAgo(14, () => open('（合成数据）户主住院，自己付了五万多元。', 1, 'visit', household));
    const measureId = await daysAgo(13, async () => {
      await step(reviewer, id, visit('illness', 'sudden'));
      return (await promiseMeasure(reviewer, id, { ...command(), kind: 'health', risk: 'illness', what: '申请医疗救助', responsible: '演示·镇民政办', dueOn: addDays(today(), 12) })).id;
    });
    await daysAgo(12, async () => {
      await authoriseHead(reviewer, household);
      await step(reviewer, id, { action: 'authorise', signedOn: today(), signedBy: 'self', truthful: true });
      await step(reviewer, id, { action: 'compare', conclusion: '（合成数据）没有影响认定的情况。', obstacle: false });
    });
    await daysAgo(11, () => putUp(id));
    if (!entered) return;
    await daysAgo(4, () => step(reviewer, id, { action: 'review', approve: true, opinion: '（合成数据）情况属实，同意上报。', noInterest: true }));
    await daysAgo(3, async () => {
      await step(officer, id, { action: 'decide', approve: true, opinion: '（合成数据）同意纳入。', noInterest: true });
      await step(reviewer, id, { action: 'announce', contact, group: '二组' });
      await publishLast(id);
    });
    await daysAgo(2, async () => {
      await step(reviewer, id, { action: 'complete', from: today() });
      await deliverMeasure(reviewer, id, measureId, { ...command(), on: today(), what: '医疗救助已到账' });
    });
  };

  /** A risk that is over: visited, signed by all five, and at the end of its notice. */
  const walkOut = async (household: string): Promise<void> => {
    const { id } = await daysAgo(13, () => openProcedure(officer, { ...command(), purpose: 'exit', regionCode, channel: 'survey', eventOn: today(), told: '（合成数据）稳定务工一年，拟核实后消除风险。', householdId: household }));
    await daysAgo(12, () => step(reviewer, id, { ...visit('illness', 'unstable'), risks: [], medical: 'ok', incomePerCapitaFen: 1_950_000, situation: '（合成数据）稳定务工一年，医药费已降下来。' } as StepForm));
    const { signatures, confirmations } = await viewProcedure(reviewer, id, 'zh-CN');
    await daysAgo(11, async () => {
      await step(reviewer, id, { action: 'sign', signatures: signatures.map(({ code }) => ({ code, name: '演示签字人', signedOn: today() })), confirmations: confirmations.map(({ code }) => code) });
      await putUp(id);
    });
  };

  await applyOnline({ ...command(), regionCode, told: '（合成数据）隔壁一家两个孩子要交学费，家里没有收入，想请村里看看。', speakerName: '演示·热心邻居', speakerPhone: '0517-00000000' });
  await open('（合成数据）热线转来：家里人住院，自己付了四万多。', 1, 'hotline');

  const [first, second, third, fourth, fifth] = ordinary;
  if (first) {
    await unlessHandled(async () => {
      const { id } = await open('（合成数据）入户时发现：主要劳动力受伤，半年不能打工。', 4, 'visit', first);
      await step(reviewer, id, visit('accident', 'sudden'));
      const measure = await promiseMeasure(reviewer, id, { ...command(), kind: 'social-security', risk: 'accident', what: '申请临时救助', responsible: '演示·镇民政办', dueOn: addDays(today(), 5) });
      await deliverMeasure(reviewer, id, measure.id, { ...command(), on: today(), what: '临时救助已发到一卡通' });
      await confirmMeasure(reviewer, id, measure.id, { ...command(), on: today(), helped: true, said: '（合成数据）收到了，先把药费付了。' });
      await promiseMeasure(reviewer, id, { ...command(), kind: 'public-post', what: '为其配偶安排公益性岗位', responsible: '演示·村委会', dueOn: addDays(today(), 20) });
    });
  }
  for (const [household, published] of [[second, false], [third, true]] as const) {
    if (!household) continue;
    await unlessHandled(async () => {
      const { id } = await open('（合成数据）来窗口申请：孩子上大学，学费和生活费凑不齐。', 6, 'counter', household);
      await step(reviewer, id, visit('schooling', 'marginal'));
      await authoriseHead(reviewer, household);
      await step(reviewer, id, { action: 'authorise', signedOn: today(), signedBy: 'self', truthful: true });
      await step(reviewer, id, { action: 'compare', conclusion: '（合成数据）没有影响认定的情况。', obstacle: false });
      if (!published) return;
      await putUp(id);
    });
  }
  for (const [household, entered] of [[fourth, false], [fifth, true]] as const) {
    if (!household) continue;
    await unlessHandled(() => walkThrough(household, entered));
  }
  if (leaving) await unlessHandled(() => walkOut(leaving));
  if (monitored) await unlessHandled(() => openProcedure(officer, { ...command(), purpose: 'exit', regionCode, channel: 'survey', eventOn: today(), told: '（合成数据）收入已稳定，拟核实后消除风险。', householdId: monitored }));
}

/** An early warning may have opened a case for the same household a moment before. */
async function unlessHandled(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
}

async function householdsOf(actor: Actor, statuses: readonly string[]): Promise<string[]> {
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<{ id: string }>`
      SELECT h.id FROM households.household h WHERE h.status_code = ANY (${[...statuses]}) AND h.ended_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM identification.procedure p WHERE p.household_id = h.id) ORDER BY h.responsible_region_code, h.number LIMIT 5`.execute(trx);
    return rows.map((row) => row.id).filter((id) => !actor.ownHouseholds.includes(id));
  });
}

async function authoriseHead(actor: Actor, householdId: string): Promise<void> {
  const head = await inTransaction(actor, async (trx) => {
    const { rows } = await sql<{ id: string }>`SELECT p.id FROM households.person p JOIN households.membership m ON m.person_id = p.id AND m.superseded_at IS NULL AND m.valid_to IS NULL WHERE m.household_id = ${householdId} ORDER BY m.relation_code, p.birth_date LIMIT 1`.execute(trx);
    return rows[0]!.id;
  });
  await recordAuthorisation(actor, head, { commandId: newId(), kinds: ['tax', 'housing-fund'], purpose: '防止返贫致贫对象识别', signedBy: 'self', signedOn: today() });
}
