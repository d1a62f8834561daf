import { expect, type Page } from '@playwright/test';

/** Opens the page's main action or one of the others by its name. */
export async function act(page: Page, name: string): Promise<void> {
  const main = page.getByRole('button', { name, exact: true });
  const more = page.getByRole('button', { name: '其他操作' });
  await expect(main.or(more).first()).toBeVisible();
  if (await main.isVisible()) return main.click();
  await more.click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Sends the open form by its button and waits until it was taken. */
export async function submit(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name, exact: true }).click();
  await expect(dialog).toBeHidden();
}
