import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { submit } from '../dialogs.ts';
import { signInWho } from '../persona.ts';

interface Households {
  items: { id: string; number: string; headName: string; region: { code: string } }[];
}
interface Procedure {
  householdId: string;
}

const read = async <T>(page: Page, path: string) => (await (await page.request.get(path)).json()) as T;
/** Does the work and compares; somebody else publishes the notice. */
const worker = (page: Page) => signInWho(page, { may: ['identification.work', 'identification.review'] });
const approver = (page: Page) => signInWho(page, { may: ['notice.approve', 'identification.decide'] });

test.setTimeout(90_000);
test.use({ actionTimeout: 15_000, viewport: { width: 390, height: 844 }, hasTouch: true });

test('sudden illness: a neighbour asks on the public site, the village comes, help arrives, the notice goes up', async ({
  page,
}) => {
  const town = (await worker(page)).region.code;
  const households = await read<Households>(page, `/api/households?regionCode=${town}&limit=200`);
  const before = await read<{ items: { householdId: string | null }[] }>(page, '/api/identification?limit=200');
  const taken = new Set(before.items.map((item) => item.householdId));
  const home = households.items.find((item) => !taken.has(item.id))!;
  const village = home.region.code;
  await page.goto(`/apply?regionCode=${village}`);
  await expectAccessible(page);
  await page.getByLabel('遇到了什么难处').fill('隔壁户主突发重病，自己花了五万多，没人照顾。');
  await page.getByLabel('您的姓名').fill('演示邻居');
  await page.getByLabel('联系电话').fill('0517-00000000');
  await page.getByRole('button', { name: '提交' }).tap();
  const receipt = await page.getByRole('status').textContent();
  const number = /SB-\d{4}-\d+/.exec(receipt ?? '')![0];

  await page.goto('/workbench/identification');
  await page.getByRole('link', { name: number }).first().tap();
  await expect(page.getByText('隔壁户主突发重病')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);

  await page.getByRole('button', { name: '入户核实', exact: true }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('哪一户').fill(home.headName);
  await page.locator('.ant-select-item-option').filter({ hasText: home.number }).first().click();
  await dialog.getByLabel('在场的家庭成员').fill('户主的妻子');
  await dialog.getByLabel('家庭情况').fill('户主住院，两个孩子上学。');
  await dialog.getByLabel('风险').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '因病' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByLabel('突发严重困难户').check();
  for (const name of ['吃穿', '义务教育', '基本医疗', '住房安全', '饮水安全'])
    await dialog.getByRole('radiogroup', { name }).getByLabel('有保障').check();
  await dialog.getByLabel('合规自付支出').fill('52000');
  await dialog.getByLabel('建议', { exact: true }).check();
  await submit(page, '入户核实');

  await page.getByRole('button', { name: '承诺措施' }).tap();
  await dialog.getByLabel('针对哪个风险').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '因病' }).click();
  await dialog.getByLabel('措施', { exact: true }).click();
  await page.locator('.ant-select-item-option').filter({ hasText: '健康帮扶' }).click();
  await dialog.getByLabel('具体做什么').fill('申请医疗救助');
  await dialog.getByLabel('谁负责').fill('镇民政办');
  await dialog.getByLabel('什么时候以前').fill('2099-12-31');
  await dialog.getByLabel('什么时候以前').press('Tab');
  await submit(page, '承诺措施');
  await page.getByRole('button', { name: '登记落实' }).tap();
  await dialog.getByLabel('落实了什么').fill('医疗救助已到账');
  await submit(page, '登记落实');
  await page.getByRole('button', { name: '农户确认' }).tap();
  await dialog.getByLabel('帮上了').check();
  await dialog.getByLabel('农户怎么说').fill('收到了');
  await submit(page, '农户确认');
  await expect(page.getByText('农户已确认')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);

  const address = page.url();
  const { householdId } = await read<Procedure>(page, `/api/identification/${address.split('/').at(-1)!}`);
  const { members } = await read<{ members: { personId: string }[] }>(page, `/api/households/${householdId}`);
  const authorised = await page.request.post(`/api/persons/${members[0]!.personId}/authorisations`, {
    data: {
      commandId: crypto.randomUUID(),
      kinds: ['tax'],
      purpose: '防止返贫致贫对象识别',
      signedBy: 'self',
      signedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
    },
  });
  expect(authorised.ok(), await authorised.text()).toBe(true);
  await page.reload();
  await page.getByRole('button', { name: '承诺授权', exact: true }).tap();
  await dialog.getByLabel('农户承诺所说情况属实').check();
  await submit(page, '承诺授权');

  await page.getByRole('button', { name: '信息比对', exact: true }).tap();
  await dialog.getByLabel('结论').fill('没有影响认定的情况');
  await submit(page, '信息比对');
  await expect(page.getByText(/用时 \d{1,4} 毫秒/)).toBeVisible();

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

  await approver(page);
  await page.goto(address);
  await page.getByRole('link', { name: /^GS-/ }).tap();
  await page.getByRole('button', { name: '审定并发布' }).tap();
  await submit(page, '审定并发布');
  const notice = page.url().split('/').at(-1)!;
  await page.goto(`/notices?notice=${notice}`);
  await expect(page.locator('tbody tr')).toContainText(`${home.headName[0]}*`);
  await expect(page.locator('tbody')).not.toContainText(home.headName);
  await expect(page.locator('main')).not.toContainText('因病');
  await expectAccessible(page);
  await page.goto(address);
  await expect(page.getByText(/公示 GS-\d+-\d+ 到 .* 为止/)).toBeVisible();
});

test('after the notice: the township reviews, the county decides and announces, the household is entered and says that help arrived', async ({
  page,
  browser,
}) => {
  await worker(page);
  const { items } = await read<{ items: { id: string; state: { code: string } | string; openedAt: string }[] }>(
    page,
    '/api/identification?limit=200',
  );
  // published long enough ago: of those on the board the one that was opened first
  const onBoard = items.filter(({ state }) => (typeof state === 'string' ? state : state.code) === 'put-up');
  const { id } = onBoard.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt))[0]!;
  const address = `/workbench/identification/${id}`;
  const dialog = page.getByRole('dialog');
  const agree = async (step: string) => {
    await page.getByRole('button', { name: step, exact: true }).tap();
    await dialog.getByLabel('同意', { exact: true }).check();
    await dialog.getByLabel('意见（会告诉农户）').fill('情况属实，同意。');
    await dialog.getByLabel('我与这一户没有亲属或利害关系').check();
    await submit(page, step);
  };
  await page.goto(address);
  await agree('乡镇审核');
  await approver(page);
  await page.goto(address);
  await agree('县级审定');

  await worker(page);
  await page.goto(address);
  await page.getByRole('button', { name: '公告', exact: true }).tap();
  await dialog.getByLabel('意见反映的联系人和办公电话').fill('村委会 0517-00000000');
  await submit(page, '公告');
  await approver(page);
  await page.goto(address);
  await page.getByRole('link', { name: /^GS-/ }).last().tap();
  await page.getByRole('button', { name: '审定并发布' }).tap();
  await submit(page, '审定并发布');
  await worker(page);
  await page.goto(address);
  await page.getByRole('button', { name: '录入', exact: true }).tap();
  await submit(page, '录入');
  await expect(page.getByText('已纳入').first()).toBeVisible();
  await page.getByRole('button', { name: '登记落实' }).tap();
  await dialog.getByLabel('落实了什么').fill('医疗救助已到账');
  await submit(page, '登记落实');
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);

  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await phone.goto('/me');
  await phone.getByRole('link', { name: '用实名认证打开' }).click();
  await phone
    .getByLabel(/刚被纳入帮扶/)
    .first()
    .check();
  await phone.locator('button.main').first().click();
  await phone.getByText('收到没有，我来说').click();
  await phone.getByLabel('收到了，有帮助').check();
  await phone.locator('details[open]').getByRole('button').click();
  await expect(phone.getByRole('status')).toContainText('您说的已经记下');
  await expect(phone.getByText('您家已确认')).toBeVisible();
  await phone.close();
});
