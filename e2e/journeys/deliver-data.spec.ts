import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { submit } from '../dialogs.ts';
import { signInWho, signInWhoMay } from '../persona.ts';

interface Kinds {
  items: { code: string; title: { zh: string }; provider: string; fields: { titles: string[] }[] }[];
}

test('a department sends the columns of another kind: the delivery is held, and an officer returns it with a reason', async ({
  page,
}) => {
  // An officer sees every kind; a department only its own.
  await signInWhoMay(page, 'dataset.decide');
  const { items } = (await (await page.request.get('/api/dataset-kinds')).json()) as Kinds;
  await signInWho(page, { may: ['dataset.deliver'], mayNot: ['dataset.decide'] });
  await page.goto('/workbench/datasets');
  await page.getByRole('button', { name: '报送数据' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('哪一种数据').click();
  const offered = page.locator('.ant-select-item-option');
  const offer = (await offered.first().textContent()) ?? '';
  await offered.first().click();
  const other = items.find((kind) => !offer.startsWith(kind.title.zh))!;
  const header = other.fields.map((field) => field.titles[0]);
  const rows = Array.from({ length: 5 }, () => header.map(() => '').join(','));
  await dialog.locator('input[type=file]').setInputFiles({
    name: '另一种数据.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([header.join(','), ...rows].join('\r\n')),
  });
  await dialog.getByRole('button', { name: '报送', exact: true }).click();
  await expect(page).toHaveURL(/\/deliveries\/[0-9a-f-]{36}$/);
  await expect(page.getByText('暂存，等待处置')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('为什么暂存')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);
  const address = page.url();

  await signInWhoMay(page, 'dataset.decide');
  await page.goto('/workbench/');
  await page.getByRole('link', { name: /等待处置的供数/ }).click();
  await page.goto(address);
  await page.getByRole('button', { name: '退回并说明' }).click();
  await page.getByLabel('理由（供数单位可以看到）').fill('列名是另一种数据的，请换成本目录的列再报。');
  await submit(page, '退回并说明');
  await expect(page.getByText('已退回').first()).toBeVisible();
});
