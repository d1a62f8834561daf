import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWho } from '../persona.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('a village clerk writes down on a phone what a resident says and prints the receipt', async ({ page }) => {
  await signInWho(page, { may: ['voice.record', 'household.change'], mayNot: ['finding.assign'] });
  await page.goto('/workbench/voices');
  await page.getByRole('button', { name: '登记诉求' }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '登记诉求' }).tap();
  await expect(dialog.getByText('请输入原话怎么说')).toBeVisible();
  await dialog.getByLabel('原话怎么说').fill('今年的养老补贴比去年少了，想问问为什么。');
  await dialog.getByRole('button', { name: '登记诉求' }).tap();
  await expect(dialog.getByText('已登记，回执号')).toBeVisible();
  const opened = page.waitForEvent('popup');
  await dialog.getByRole('link', { name: '打印回执' }).tap();
  const receipt = await opened;
  await expect(receipt.locator('body')).toContainText('养老补贴');
  await receipt.close();
  await dialog.getByRole('button', { name: '关闭' }).tap();
  await expect(page.getByText('今年的养老补贴')).toBeVisible();
  await expectAccessible(page);
});
