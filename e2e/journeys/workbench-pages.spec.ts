import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWhoMay } from '../persona.ts';

const lists: Record<string, string> = {
  'finding.read': 'findings',
  'run.read': 'runs',
  'rule.read': 'rules',
  'household.read': 'households',
  'household.import': 'imports',
  'dataset.read': 'datasets',
  'voice.read': 'voices',
  'staff.read': 'staff',
  'audit.read': 'audit',
};

test('the login page is accessible and keeps what was typed when it is refused', async ({ page }) => {
  await page.goto('/workbench/');
  await expectAccessible(page);
  await page.getByLabel('用户名').fill('nobody');
  await page.locator('input[type=password]').fill('wrong-password');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('用户名')).toHaveValue('nobody');
});

for (const width of [1440, 390]) {
  for (const [permission, path] of Object.entries(lists)) {
    test(`/${path} is accessible at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await signInWhoMay(page, permission);
      await page.goto(`/workbench/${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expect(page.getByRole('alert')).toHaveCount(0);
      await expectAccessible(page);
    });
  }
}

test('a page outside one’s permissions says so in words', async ({ page }) => {
  const session = await signInWhoMay(page, 'audit.read');
  const closed = Object.entries(lists).find(([permission]) => !session.permissions.includes(permission));
  test.skip(closed === undefined, 'this persona may see every page');
  await page.goto(`/workbench/${closed?.[1] ?? ''}`);
  await expect(page.getByRole('alert')).toContainText('没有查看');
});

test('search words stay out of the address', async ({ page }) => {
  await signInWhoMay(page, 'household.read');
  await page.goto('/workbench/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.locator('body').press('/');
  await page.keyboard.type('王');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/workbench\/households$/);
  await expect(page.getByRole('button', { name: '清除筛选' })).toBeVisible();
});
