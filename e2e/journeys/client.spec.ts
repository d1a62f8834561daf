import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';

test('the client opens without a signal, asks nobody to sign in, and says honestly what is not there yet', async ({
  page,
  context,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/client/');
  await expect(page.getByRole('button', { name: /我家的钱/ })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.waitForTimeout(500);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('我家的钱')).toBeVisible();
  await expect(page.getByRole('status')).toContainText('没有网络');
});
