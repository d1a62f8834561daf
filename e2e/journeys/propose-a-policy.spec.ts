import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWho, signInWhoMay } from '../persona.ts';

interface Policies {
  items: { code: string; value: unknown; region: { code: string } }[];
  proposals: { id: string; value: unknown; region: { code: string } }[];
}

test('a policy value is proposed in yuan, once, and another person sees old and new before agreeing', async ({
  page,
}) => {
  const city = await signInWhoMay(page, 'policy.approve', 'household.import');
  const county = await signInWho(page, { may: ['policy.propose'], mayNot: ['staff.manage'], within: city.region.code });
  await page.goto('/workbench/policies');
  await page.getByRole('button', { name: '提出改动' }).click();
  await page.getByLabel('改哪一项').fill('农村低保');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('800.00 元');
  await expectAccessible(page);
  await page.getByLabel('新的数值').fill('85.555');
  await page.getByRole('button', { name: '提交，请另一人审定' }).click();
  await expect(page.getByText('金额最多两位小数')).toBeVisible();
  await expect(page.getByText('请写明依据的文件名称和文号')).toBeVisible();
  await page.getByLabel('新的数值').fill('880');
  await page.getByLabel('生效日').fill('2026-01-01');
  await page.keyboard.press('Enter');
  await page.getByLabel('依据').fill('关于调整农村低保标准的通知（演示）');
  await page.getByRole('button', { name: '提交，请另一人审定' }).dblclick();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('listitem').filter({ hasText: '800.00 元 → 880.00 元' })).toHaveCount(1);

  await signInWhoMay(page, 'policy.approve', 'household.import');
  await page.goto('/workbench/policies');
  await page.getByRole('button', { name: '同意', exact: true }).first().click();
  await expect(page.getByRole('dialog')).toContainText('800.00 元 → 880.00 元');
  await page.getByLabel('理由').fill('与文件一致');
  await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const { items } = (await (
    await page.request.get(`/api/policies?regionCode=${county.region.code}`)
  ).json()) as Policies;
  expect(items.find((item) => item.code === 'line.subsistence-rural-month')).toMatchObject({
    value: 88000,
    region: { code: county.region.code },
  });
});
