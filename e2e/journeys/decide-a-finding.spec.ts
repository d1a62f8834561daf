import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { act, submit } from '../dialogs.ts';
import { signInWho, signInWhoMay } from '../persona.ts';

interface FindingPage {
  items: { id: string; rule: string }[];
}
interface RunPage {
  items: { id: string }[];
}

const read = async <T>(page: Page, path: string) => (await (await page.request.get(path)).json()) as T;

test('an officer takes a finding from the to-do list to its end: assign, verify, hear, decide, notice', async ({
  page,
}) => {
  const officer = await signInWhoMay(page, 'finding.assign', 'finding.verify', 'finding.decide');
  await page.goto('/workbench/');
  await expect(page.getByRole('heading', { name: '最该先办的' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  // Somebody with work of their own already sees that first instead.
  if (await page.getByText('点开一条，从派单开始').isVisible()) await page.locator('.lines a').first().click();
  else {
    await page.goto('/workbench/findings?state=signal');
    await page.locator('tr.ant-table-row a').first().click();
  }

  await expect(page.getByRole('heading', { name: '将告知当事人的话' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);

  await act(page, '派单');
  await page.getByLabel('派给谁').fill(officer.displayName);
  await page.locator('.ant-select-item-option').first().click();
  await submit(page, '派单');
  const step = page.locator('[aria-current=step]');
  await expect(step).toHaveText('已派单');
  // The button is gone with the step: the keyboard goes on from the heading, not from the top of the window.
  await expect(page.locator('main h1')).toBeFocused();

  await act(page, '开始核实');
  // By keyboard alone: typing begins at the field.
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.getByRole('dialog').getByRole('textbox').fill('入户核对原件');
  // Sent twice in a row: it acts once.
  await page.getByRole('dialog').getByRole('button', { name: '开始核实' }).dblclick();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(step).toHaveText('核实中');
  const excuse = page.getByLabel('不符合').first();
  if (await excuse.isVisible()) await excuse.check();

  await act(page, '记录当事人的说明');
  await page.getByLabel('当事人怎么说').fill('这笔钱是上个月的，已经说明过。');
  await submit(page, '记录当事人的说明');
  await expect(page.getByText('这笔钱是上个月的')).toBeVisible();

  await act(page, '作出决定');
  await page.getByLabel('情况属实').check();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '作出决定' }).click();
  await expect(dialog.getByText('请输入理由（当事人可以看到）')).toBeVisible();
  await page.getByLabel('理由（当事人可以看到）').fill('登记与发放记录一致，已当面核对。');
  await submit(page, '作出决定');
  await expect(step).toHaveText('已决定');

  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: '打开可打印的告知书' }).click();
  const notice = await opened;
  await expect(notice.locator('body')).toContainText('不是结论');
  await notice.close();

  await page.getByRole('link', { name: '待办' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible();
});

test('a finding about an official is released and seen by inspection, and by nobody else', async ({ page }) => {
  await signInWhoMay(page, 'finding.read-officials', 'run.release');
  const run = (await read<RunPage>(page, '/api/cross-check-runs?limit=1')).items[0]?.id ?? '';
  await page.goto(`/workbench/runs/${run}`);
  await expect(page.getByRole('heading', { name: '逐条规则' })).toBeVisible();
  const draft = page.getByLabel('选择 O05');
  if (await draft.isVisible()) {
    await draft.check();
    await page.getByRole('button', { name: '发布所选规则（1）' }).click();
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await expect(draft).toBeHidden();
  }
  const found = (await read<FindingPage>(page, '/api/findings?rule=O05&limit=1')).items[0]?.id ?? '';
  await page.goto(`/workbench/findings/${found}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('O05');

  await signInWho(page, { may: ['finding.decide', 'household.import'], mayNot: ['finding.read-officials'] });
  await page.goto(`/workbench/findings/${found}`);
  await expect(page.getByRole('alert')).toContainText('没有找到');
  await page.goto(`/workbench/runs/${run}`);
  await expect(page.getByText('O09').first()).toBeVisible();
  await expect(page.getByText('O05')).toHaveCount(0);
});

test('rows can be walked with the keyboard, and back keeps the filter', async ({ page }) => {
  await signInWhoMay(page, 'finding.read');
  await page.goto('/workbench/findings?state=signal');
  await expect(page.locator('tr.ant-table-row').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/findings\/[0-9a-f-]{36}$/);
  await page.goBack();
  await expect(page).toHaveURL(/state=signal/);
  await expect(page.locator('tr.ant-table-row').first()).toBeVisible();
});
