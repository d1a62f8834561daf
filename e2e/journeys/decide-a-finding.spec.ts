import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWhoMay } from '../persona.ts';

interface FindingPage {
  items: { id: string; number: string }[];
}

/** Opens the page's main action or one of the others by its name. */
async function act(page: Page, name: string): Promise<void> {
  const main = page.getByRole('button', { name, exact: true });
  if (await main.isVisible()) return main.click();
  await page.getByRole('button', { name: '其他操作' }).click();
  await page.getByRole('menuitem', { name }).click();
}

async function submit(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('a finding is assigned, verified, heard and decided by people, and its page can be read aloud', async ({
  page,
}) => {
  await signInWhoMay(page, 'finding.assign');
  const open = (await (await page.request.get('/api/findings?state=signal&limit=1')).json()) as FindingPage;
  test.skip(open.items.length === 0, 'no finding waits to be assigned');
  const id = open.items[0]?.id ?? '';

  await page.goto(`/workbench/findings/${id}`);
  await expect(page.getByRole('heading', { name: '事实' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '将告知当事人的话' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);

  await act(page, '派单');
  await page.getByLabel('派给谁').click();
  await page.locator('.ant-select-item-option').first().click();
  await submit(page, '派单');
  await expect(page.locator('[aria-current=step]')).toHaveText('已派单');
});

test('rows can be walked with the keyboard', async ({ page }) => {
  await signInWhoMay(page, 'finding.read');
  await page.goto('/workbench/findings');
  await expect(page.locator('tr.ant-table-row').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/findings\/[0-9a-f-]{36}$/);
  await page.goBack();
  await expect(page.locator('tr.ant-table-row').first()).toBeVisible();
});
