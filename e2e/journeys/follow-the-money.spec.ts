import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { act, submit } from '../dialogs.ts';
import { signInWho } from '../persona.ts';

const finance = { may: ['fund.allocate', 'fund.pay', 'fund.reverse'] };
const planner = { may: ['fund.plan', 'household.export'] };

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label).click();
  await page.locator('.ant-select-item-option', { hasText: option }).click();
}

test('money is followed from its document to a payee, and a wrong payment is reversed', async ({ page }) => {
  const dialog = page.getByRole('dialog');
  await signInWho(page, finance);
  await page.goto('/workbench/funds');
  await expect(page.getByRole('heading', { name: /资金总览/ })).toBeVisible();
  await expectAccessible(page);
  await act(page, '登记上级文件');
  await dialog.getByLabel('文号').fill('试财农〔2026〕7号');
  await dialog.getByLabel('文件名称').fill('关于下达试点资金的通知');
  await dialog.getByLabel('发文单位').fill('市财政局');
  await dialog.getByLabel('金额（元）').fill('100,000');
  await submit(page, '登记上级文件');

  await page.goto('/workbench/funds/documents');
  const row = page.getByRole('row').filter({ hasText: '试财农〔2026〕7号' });
  await row.getByRole('button', { name: '建立指标' }).click();
  await choose(page, '资金种类', '市级帮扶专项资金');
  await choose(page, '用途', '产业发展');
  await dialog.getByLabel('金额（元）').fill('100000.01');
  await dialog.getByRole('button', { name: '建立指标', exact: true }).click();
  await expect(dialog.getByRole('alert').first()).toContainText('100000.00');
  await dialog.getByLabel('金额（元）').fill('100000');
  await submit(page, '建立指标');
  await expect(page.getByRole('heading', { name: '从哪里来' })).toBeVisible();
  const money = page.url();

  await signInWho(page, planner);
  await page.goto(money);
  await act(page, '安排用途');
  await dialog.getByLabel('项目或补助名称').fill('试点大棚改造');
  await dialog.getByLabel('金额（元）').fill('30000');
  await dialog.getByLabel('完成期限').fill('2030-12-31');
  await dialog.getByLabel('完成期限').press('Tab');
  await submit(page, '安排用途');

  await signInWho(page, finance);
  await page.goto(money);
  await page.getByRole('row').filter({ hasText: '试点大棚改造' }).getByRole('button', { name: '支付' }).click();
  await dialog.getByLabel('凭证号').fill('PZ-试-1');
  await dialog.getByLabel('收款方名称').fill('试点建设有限公司');
  await dialog.getByLabel('金额（元）').fill('30000');
  await submit(page, '支付');
  await page.getByRole('link', { name: 'PZ-试-1' }).click();
  await expect(page.getByRole('heading', { name: /凭证：PZ-试-1/ })).toBeVisible();
  await act(page, '冲销');
  await dialog.getByLabel('原因').fill('收款方填错');
  await submit(page, '冲销');
  await expect(page.getByText('冲销原因：收款方填错')).toBeVisible();
  await page.goto(money);
  await expect(page.getByRole('row').filter({ hasText: 'PZ-试-1' })).toContainText('已冲销');

  await page.getByRole('link', { name: '资金去哪了' }).click();
  await expect(page.getByRole('img', { name: '这笔钱去了哪里？' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '待支付' })).toContainText('30,000.00');
  await expectAccessible(page);
});

test('money that waits is listed for whoever supervises, and anybody sees where it went', async ({ page }) => {
  await signInWho(page, { may: ['fund.read', 'finding.read-officials'] });
  await page.goto('/workbench/funds/clocks');
  await expect(page.getByText(/停留 \d+ 天/).first()).toBeVisible();
  await expectAccessible(page);
  await page.goto('/funds');
  await page.getByRole('link', { name: '淮安市' }).click();
  await page.getByRole('link', { name: '涟水县' }).click();
  await expect(page.getByRole('heading', { name: '做了哪些项目' })).toBeVisible();
  await expectAccessible(page);
});
