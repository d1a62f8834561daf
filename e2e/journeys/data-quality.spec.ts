import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWho, signInWhoMay } from '../persona.ts';

interface Checks {
  items: { code: string; title: { zh: string }; open: number }[];
}

test('a record that does not add up is put right in the work list; another is accepted with a reason', async ({
  page,
}) => {
  const proposer = await signInWhoMay(page, 'household.change', 'household.import');
  const checks = async () => ((await (await page.request.get('/api/data-quality/checks')).json()) as Checks).items;
  // The first check of everything runs by itself after the import.
  await expect.poll(async () => (await checks()).some(({ open }) => open > 0), { timeout: 60_000 }).toBe(true);
  const uninsured = (await checks()).find(({ code }) => code.startsWith('medical-insurance-none'))!;
  expect(uninsured.open).toBeGreaterThan(0);

  await page.goto(`/workbench/data-quality?check=${uninsured.code}`);
  const rows = page.getByRole('row').filter({ hasText: uninsured.title.zh });
  await expect(rows).toHaveCount(Math.min(50, uninsured.open));
  await expectAccessible(page);
  await rows.first().getByRole('button', { name: '更正' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('居民医保').click();
  await page.locator('.ant-select-item-option', { hasText: /^是$/ }).last().click();
  await dialog.getByLabel('理由和依据').fill('核对参保凭证后更正');
  await dialog.getByRole('button', { name: '提交审批' }).click();
  await expect(dialog).toBeHidden();

  // Somebody else approves it; only then does the record change.
  await signInWho(page, {
    may: ['household.approve', 'household.import'],
    not: proposer.displayName,
    at: proposer.region.code,
  });
  await page.goto('/workbench/changes?waiting=me');
  await expectAccessible(page);
  await page.getByRole('link', { name: '成员信息更正' }).first().click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '批准' }).click();
  await dialog.getByRole('button', { name: '批准' }).click();
  await expect(page.getByText('已生效', { exact: true })).toBeVisible();
  await expect
    .poll(async () => (await checks()).find(({ code }) => code === uninsured.code)!.open)
    .toBe(uninsured.open - 1);

  const other = (await checks()).toSorted((a, b) => b.open - a.open)[0]!;
  await page.goto(`/workbench/data-quality?check=${other.code}`);
  await page.getByRole('button', { name: '核对无误' }).first().click();
  await dialog.getByRole('button', { name: '核对无误' }).click();
  await expect(dialog.locator('.ant-form-item-explain-error')).toBeVisible();
  await dialog.getByLabel('说明').fill('已看证件，登记无误');
  await dialog.getByRole('button', { name: '核对无误' }).click();
  await expect(dialog).toBeHidden();
  await page.goto(`/workbench/data-quality?check=${other.code}&state=accepted`);
  await expect(page.getByRole('button', { name: '重新列入' })).toHaveCount(1);
});
