import * as spec from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { deliverDueEvents } from '#platform/events/deliver-events.ts';
import { publish } from '#platform/events/publish.ts';
import { buildFinding, buildHousehold, candidateOf, crossCheckActor } from '#testing/builders.ts';
import { changeRegistry } from '#testing/change-registry.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { getRule } from '../rule-catalogue/index.ts';
import { markFactsGone, openFindings } from './open-findings.ts';

const county = '320826000000';
const village = '320826101201';
let world: TestApp;
let officer: TestUser;
let clerk: TestUser;
let inspector: TestUser;

beforeAll(async () => {
  world = await openTestApp();
  officer = await world.user(['county-officer'], county);
  clerk = await world.user(['village-clerk'], village);
  inspector = await world.user(['discipline-inspector'], county);
});
afterAll(() => world.close());

async function view(user: TestUser, id: string): Promise<spec.FindingView> {
  const answer = await user.call(spec.getFinding, { params: { id } });
  expect(answer.status).toBe(200);
  return answer.body;
}

describe('a finding from signal to end', () => {
  it('is assigned, verified, answered by the household, decided with reasons, followed up and closed; its history tells all', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village, name: '朱大有' }));
    expect((await view(officer, id)).actions).toEqual(['assign']);
    const offered = await officer.call(spec.listAssignees, { params: { id } });
    expect(offered.body.items.map((item) => item.id)).toContain(clerk.actor.accountId);
    expect((await officer.call(spec.assignFindings, { body: { findingIds: [id], assigneeId: clerk.actor.accountId, note: '请入户看看' } })).body).toEqual({ assigned: 1, skipped: [] });

    let shown = await view(clerk, id);
    expect(shown).toMatchObject({ state: 'assigned', assignee: clerk.actor.displayName });
    const step = (endpoint: typeof spec.startVerification, user: TestUser, reason: string) => user.call(endpoint, { params: { id }, body: { expectedVersion: shown.version, reason } });
    expect((await step(spec.startVerification, clerk, '已联系户主')).status).toBe(200);
    shown = await view(clerk, id);
    expect((await step(spec.requestAnswer, clerk, '告知书已送达')).status).toBe(200);
    const notice = await clerk.call(spec.getFindingNotice, { params: { id } });
    expect(notice.text).toContain('不会因为这条线索停发');
    expect(Math.min(...[...notice.text.matchAll(/(\d+)pt/g)].map((size) => Number(size[1])))).toBe(18);
    expect((await clerk.call(spec.recordAnswer, { params: { id }, body: { text: '老人五月去世，六月的钱已经退回。', channel: 'in-person' } })).status).toBe(200);

    shown = await view(officer, id);
    expect(shown.answers[0]).toMatchObject({ text: '老人五月去世，六月的钱已经退回。' });
    expect(shown.actions).toContain('decide');
    const decided = await officer.call(spec.decideFinding, { params: { id }, body: { expectedVersion: shown.version, outcome: 'excused', excuse: 'returned', reason: '退款凭证已核对' } });
    expect(decided.status).toBe(200);
    shown = await view(officer, id);
    expect(shown).toMatchObject({ state: 'decided', outcome: 'excused', decision: { excuse: 'returned', by: officer.actor.displayName } });
    expect(shown.precision).toMatchObject({ decided: 1, confirmed: 0 });
    expect((await step(spec.closeFinding, officer, '已归档')).status).toBe(200);
    shown = await view(officer, id);
    expect(shown.state).toBe('closed');
    expect(shown.history.map((one) => one.action)).toEqual(['assign', 'start-verification', 'request-answer', 'record-answer', 'decide', 'close']);
  });

  it('cannot be confirmed without hearing the household, unless it is said why', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village }));
    await officer.call(spec.assignFindings, { body: { findingIds: [id], assigneeId: officer.actor.accountId } });
    let shown = await view(officer, id);
    await officer.call(spec.startVerification, { params: { id }, body: { expectedVersion: shown.version, reason: '开始' } });
    shown = await view(officer, id);
    const body = { expectedVersion: shown.version, outcome: 'confirmed' as const, reason: '记录清楚，款项未退' };
    const refused = await officer.call(spec.decideFinding, { params: { id }, body });
    expect(refused).toMatchObject({ status: 400, body: { fields: [{ path: 'withoutAnswerReason' }] } });
    expect((await officer.call(spec.decideFinding, { params: { id }, body: { ...body, withoutAnswerReason: '全户已迁出，三次联系未果' } })).status).toBe(200);
  });

  it('goes back to the department as a correction task when the data is wrong', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village }));
    await officer.call(spec.assignFindings, { body: { findingIds: [id], assigneeId: officer.actor.accountId } });
    let shown = await view(officer, id);
    await officer.call(spec.startVerification, { params: { id }, body: { expectedVersion: shown.version, reason: '开始' } });
    shown = await view(officer, id);
    await officer.call(spec.decideFinding, { params: { id }, body: { expectedVersion: shown.version, outcome: 'wrong-data', reason: '死亡登记张冠李戴' } });
    expect((await view(officer, id)).correctionTask).toMatchObject({ state: 'open', provider: '民政局' });

    const civilAffairs = await world.user(['data-provider'], '320800000000', { departmentCode: 'civil-affairs' });
    const taxation = await world.user(['data-provider'], '320800000000', { departmentCode: 'taxation' });
    const tasks = async (user: TestUser) => (await user.call(spec.listCorrectionTasks, { query: { state: 'open' } })).body.items;
    expect(await tasks(civilAffairs)).toMatchObject([{ providerCode: 'civil-affairs', note: '死亡登记张冠李戴', datasetTitle: { zh: expect.stringContaining('死亡') as string } }]);
    expect(await tasks(taxation)).toEqual([]);
    expect((await tasks(officer)).length).toBe(1);
    const deliveryId = newId();
    await inTransaction(systemActor, async (trx) => {
      await sql`INSERT INTO data_intake.delivery (id, kind, version, region_code, provider_code, file_id, file_name, as_of, state, delivered_by) VALUES (${deliveryId}, 'death', 1, '320800000000', 'civil-affairs', ${newId()}, 'x.csv', '2026-11-01', 'accepted', ${newId()})`.execute(trx);
      await publish(trx, systemActor, spec.deliveryAccepted, { subject: 'death', payload: { deliveryId, kind: 'death', provider: 'civil-affairs', regionCode: '320800000000' } });
    });
    await deliverDueEvents();
    shown = await view(officer, id);
    expect(shown.correctionTask).toMatchObject({ state: 'done' });
    expect(shown.history.at(-1)).toMatchObject({ action: 'correction-delivered', to: 'decided' });
  });

  it('tells whoever decides that the household has changed since', async () => {
    const household = await buildHousehold({ regionCode: village });
    const id = await buildFinding(household);
    await changeRegistry(world, officer, { householdId: household.id, effectiveOn: '2026-10-01', change: { kind: 'household-status', status: 'sudden' } });
    await deliverDueEvents();
    expect((await view(officer, id)).history.map((one) => one.action)).toEqual(['household-changed']);
  });

  it('refuses a step out of turn, a stale version and somebody else’s matter', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village }));
    const shown = await view(officer, id);
    expect((await officer.call(spec.decideFinding, { params: { id }, body: { expectedVersion: shown.version, outcome: 'excused', excuse: 'other', reason: '还没有核实' } })).body).toMatchObject({ code: 'wrong-state' });
    await officer.call(spec.assignFindings, { body: { findingIds: [id], assigneeId: clerk.actor.accountId } });
    expect((await officer.call(spec.startVerification, { params: { id }, body: { expectedVersion: shown.version + 1, reason: '代办' } })).body).toMatchObject({ code: 'not-permitted' });
    expect((await clerk.call(spec.startVerification, { params: { id }, body: { expectedVersion: shown.version, reason: '旧页面' } })).body).toMatchObject({ code: 'version-conflict' });
  });

  it('sent twice, an assignment acts once', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village }));
    const body = { commandId: newId(), findingIds: [id], assigneeId: clerk.actor.accountId };
    await officer.call(spec.assignFindings, { body });
    await officer.call(spec.assignFindings, { body });
    expect((await view(officer, id)).history).toHaveLength(1);
  });
});

describe('who sees a finding', () => {
  it('nobody of another county, not even by its address', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village }));
    const stranger = await world.user(['county-officer'], '320830000000');
    expect((await stranger.call(spec.getFinding, { params: { id } })).status).toBe(404);
    expect((await stranger.call(spec.listFindings)).body.items).toEqual([]);
  });

  it('about an official: discipline inspection only; it cannot be assigned to anybody else', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village }), { officials: true });
    expect((await officer.call(spec.getFinding, { params: { id } })).status).toBe(404);
    expect((await view(inspector, id)).number).toMatch(/^O09-/);
    const result = await inspector.call(spec.assignFindings, { body: { findingIds: [id], assigneeId: clerk.actor.accountId } });
    expect(result.body.assigned).toBe(0);
  });

  it('never the person concerned: their own household’s finding does not exist for them', async () => {
    const household = await buildHousehold({ regionCode: village, idNumber: '399900197512120017' });
    const id = await buildFinding(household);
    const concerned = await world.user(['county-officer'], county, { personKey: household.personKey });
    expect((await concerned.call(spec.getFinding, { params: { id } })).status).toBe(404);
    expect((await officer.call(spec.listAssignees, { params: { id } })).body.items.map((item) => item.id)).not.toContain(concerned.actor.accountId);
    expect((await officer.call(spec.assignFindings, { body: { findingIds: [id], assigneeId: concerned.actor.accountId } })).body).toMatchObject({ assigned: 0, skipped: [{ reason: '此人与该户有关，须回避。' }] });
  });

  it('not before its run is released', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village }), { released: false });
    expect((await officer.call(spec.getFinding, { params: { id } })).status).toBe(404);
  });

  it('shows names in full only to those who work with households', async () => {
    const id = await buildFinding(await buildHousehold({ regionCode: village, name: '欧阳建国' }));
    const auditor = await world.user(['auditor'], county);
    expect((await view(officer, id)).persons[0]).toMatchObject({ name: '欧阳建国', idNumberMasked: '****0018' });
    expect((await view(auditor, id)).persons[0]?.name).not.toContain('建国');
  });
});

describe('a run again', () => {
  it('doubles nothing, and closes a signal whose fact is gone but only tells the one who already works on it', async () => {
    const household = await buildHousehold({ regionCode: village });
    const other = await buildHousehold({ regionCode: village });
    const taken = await buildFinding(household);
    const idle = await buildFinding(other);
    await officer.call(spec.assignFindings, { body: { findingIds: [taken], assigneeId: clerk.actor.accountId } });
    const rule = await getRule('O09');
    const { from, to } = regionRange(county);
    await inTransaction(crossCheckActor, async (trx) => {
      expect(await openFindings(trx, newId(), rule, [candidateOf('O09', household)])).toBe(0);
      await markFactsGone(trx, newId(), 'O09', from, to);
    });
    expect(await view(officer, taken)).toMatchObject({ state: 'assigned', factGone: true });
    expect(await view(officer, idle)).toMatchObject({ state: 'closed', factGone: true });
    const again = newId();
    await inTransaction(crossCheckActor, (trx) => openFindings(trx, again, rule, [candidateOf('O09', other)]));
    const back = await view(officer, idle);
    expect(back, 'the fact is back').toMatchObject({ state: 'signal', factGone: false });
    expect(back.history.map(({ action, to, runId }) => ({ action, to, run: runId === again ? 'again' : runId && 'earlier' }))).toEqual([
      { action: 'fact-gone', to: 'closed', run: 'earlier' },
      { action: 'fact-back', to: 'signal', run: 'again' },
    ]);
    expect((await view(officer, taken)).history.at(-1)).toMatchObject({ action: 'fact-gone', from: 'assigned', to: 'assigned' });
    const { rows } = await inTransaction(crossCheckActor, (trx) => sql<{ count: number }>`SELECT count(*) AS count FROM supervision.evidence WHERE finding_id = ${taken}`.execute(trx));
    expect(rows[0]?.count).toBe(2);
  });
});

describe('the list', () => {
  it('filters, pages without gaps, and exports masked, safe and marked', async () => {
    const all = new Set<string>();
    for (let cursor: string | undefined; ; ) {
      const answer: { body: { items: spec.FindingItem[]; nextCursor: string | null; total: number } } = await officer.call(spec.listFindings, { query: { limit: 3, sort: '-severity', ...(cursor ? { cursor } : {}) } });
      for (const item of answer.body.items) all.add(item.id);
      if (!answer.body.nextCursor) {
        expect(all.size).toBe(answer.body.total);
        break;
      }
      cursor = answer.body.nextCursor;
    }
    const mine = await officer.call(spec.listFindings, { query: { state: 'closed' } });
    expect(mine.body.items.every((item) => item.state === 'closed')).toBe(true);
    await buildFinding(await buildHousehold({ regionCode: village, name: '=危险' }));
    const csv = await officer.call(spec.exportFindings, { query: { purpose: '月度核查汇总' } });
    expect(csv.text).toContain('月度核查汇总');
    expect(csv.text).toContain("'=危险");
    expect(csv.text).toMatch(/,严重,待派单,,/);
    expect(csv.text).not.toMatch(/,(?:red|signal|closed|confirmed),/);
    expect(csv.text).not.toMatch(/399900\d{12}/);
    const audit = await world.test.database.app.transaction().execute(async (trx) => {
      await sql`SELECT set_config('sunlit.audit_reader', 'on', true)`.execute(trx);
      return trx.selectFrom('audit.record').select('reason').where('action', '=', 'finding.export').execute();
    });
    expect(audit).toEqual([{ reason: '月度核查汇总' }]);
  });
});
