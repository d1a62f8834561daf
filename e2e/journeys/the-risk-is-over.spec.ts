import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { submit } from '../dialogs.ts';
import { signInWho } from '../persona.ts';

interface Case {
  id: string;
  openedAt: string;
  purpose: string;
  state: { code: string };
}

const worker = (page: Page) => signInWho(page, { may: ['identification.work', 'identification.review'] });
const decider = (page: Page) => signInWho(page, { may: ['notice.approve', 'identification.decide'] });

/** The exit that waits in this state, as its page. */
async function openExit(page: Page, state: string): Promise<string> {
  const { items } = (await (await page.request.get('/api/identification?limit=200')).json()) as { items: Case[] };
  const address = `/workbench/identification/${items.find((item) => item.purpose === 'exit' && item.state.code === state)!.id}`;
  await page.goto(address);
  return address;
}

test.setTimeout(60_000);
test.use({ actionTimeout: 15_000, viewport: { width: 390, height: 844 }, hasTouch: true });

test('the risk may be over: visited on a phone, the conditions computed and shown, five signatures, the notice goes up', async ({
  page,
}) => {
  await worker(page);
  const address = await openExit(page, 'proposed');
  const dialog = page.getByRole('dialog');
  const conditions = page.locator('section').filter({ has: page.getByRole('heading', { name: '退出条件' }) });
  await expect(conditions.getByText('还没有入户核实')).toBeVisible();
  await page.getByRole('button', { name: '入户核实', exact: true }).tap();
  await dialog.getByLabel('在场的家庭成员').fill('户主');
  await dialog.getByLabel('家庭情况').fill('稳定务工一年，收入稳定。');
  await dialog.getByLabel('人均纯收入').fill('19500');
  for (const name of ['吃穿', '义务教育', '基本医疗', '住房安全', '饮水安全'])
    await dialog.getByRole('radiogroup', { name }).getByLabel('有保障').check();
  await dialog.getByLabel('建议', { exact: true }).check();
  await submit(page, '入户核实');
  await expect(conditions.getByText('入户核实 5/5 项有保障')).toBeVisible();
  await expect(conditions.getByText(/19,?500/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: '签字确认', exact: true }).tap();
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  for (const who of ['农户', '帮扶责任人', '村（第一书记或村党组织书记）', '乡镇'])
    await dialog.getByLabel(`${who}签字人`).fill('演示签字人');
  // one of five is missing: nothing is taken down, and what was typed stays
  await dialog.getByRole('button', { name: '签字确认', exact: true }).tap();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('县级主管部门签字人').fill('演示签字人');
  await submit(page, '签字确认');
  await page.getByRole('button', { name: '民主评议', exact: true }).tap();
  await dialog.getByLabel('主持人').fill('王主任');
  await dialog.getByLabel('应到人数').fill('8');
  await dialog.getByLabel('到会的人（一行一个姓名）').fill('代表一\n代表二\n代表三\n代表四\n代表五\n代表六');
  await dialog.getByLabel('赞成').fill('6');
  await dialog.getByLabel('会议记录').fill('一致同意');
  await submit(page, '民主评议');
  await page.getByRole('button', { name: '村内公示', exact: true }).tap();
  await dialog.getByLabel('意见反映的联系人和办公电话').fill('村委会 0517-00000000');
  await submit(page, '村内公示');
  await decider(page);
  await page.goto(address);
  await page.getByRole('link', { name: /^GS-/ }).tap();
  await page.getByRole('button', { name: '审定并发布' }).tap();
  await submit(page, '审定并发布');
});

test('the risk is over: reviewed, decided, marked; and somebody looks again after the exit', async ({ page }) => {
  await worker(page);
  const { items } = (await (await page.request.get('/api/identification?limit=200')).json()) as { items: Case[] };
  const exits = items.filter(({ purpose, state }) => purpose === 'exit' && state.code === 'put-up');
  const address = `/workbench/identification/${exits.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt))[0]!.id}`;
  const dialog = page.getByRole('dialog');
  const agree = async (step: string) => {
    await page.goto(address);
    await page.getByRole('button', { name: step, exact: true }).tap();
    await dialog.getByLabel('同意', { exact: true }).check();
    await dialog.getByLabel('意见（会告诉农户）').fill('情况属实，同意。');
    await dialog.getByLabel('我与这一户没有亲属或利害关系').check();
    await submit(page, step);
  };
  await agree('乡镇审核');
  await decider(page);
  await agree('县级审定');
  await worker(page);
  await page.goto(address);
  await page.getByRole('button', { name: '标注消除', exact: true }).tap();
  await submit(page, '标注消除');
  await expect(page.getByText('已消除风险').first()).toBeVisible();
  await page.getByRole('button', { name: '登记回访' }).first().tap();
  await dialog.getByLabel('稳定', { exact: true }).check();
  await dialog.getByLabel('说明').fill('仍在务工，收入稳定。');
  await submit(page, '登记回访');
  await expect(page.getByText('仍在务工，收入稳定。')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);
});
