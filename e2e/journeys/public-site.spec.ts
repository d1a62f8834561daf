import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';

const addresses = [
  '/',
  '/apply',
  '/apply?regionCode=320826101201',
  '/notices',
  '/en/notices',
  '/figures',
  '/rules',
  '/heard',
  '/me',
  '/en',
  '/en/figures',
];

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('anyone reads what Sunlit is, the figures of a county, and how to be heard', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('note')).toContainText('演示数据');
    await page.getByRole('link', { name: '公开数字' }).first().click();
    await expect(page.getByRole('table')).toBeVisible();
    await page.getByRole('link', { name: '涟水县' }).click();
    await expect(page).toHaveURL(/regionCode=320826000000/);
    await page.getByRole('link', { name: '我要说' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('我要说');
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Be heard');
  });
});

for (const width of [1440, 390]) {
  test(`every page is accessible at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const address of addresses) {
      await page.goto(address);
      await expectAccessible(page);
    }
  });
}
