import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { submit } from '../dialogs.ts';
import { signInWhoMay } from '../persona.ts';

interface Households {
  items: { region: { code: string } }[];
}

/** A number that is nobody's: its first six digits belong to no division. */
function idNumber(serial: number): string {
  const first = `39990019800101${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...first].reduce((total, digit, index) => total + Number(digit) * weights[index]!, 0);
  return first + '10X98765432'[sum % 11]!;
}

test('an officer imports a table with wrong cells, reads the report, writes the good rows, and takes the batch back', async ({
  page,
}) => {
  await signInWhoMay(page, 'household.import');
  const { items } = (await (await page.request.get('/api/households?limit=1')).json()) as Households;
  const village = items[0]?.region.code ?? '';
  const rows = [
    '村代码,户编号,姓名,证件号码,与户主关系,户类型,劳动技能,摸底备注',
    `${village},旅程1,甲试,${idNumber(101)},户主,脱贫户,普通劳动力,看过`,
    `${village},旅程1,乙试,${idNumber(102)},配偶,脱贫户,壮劳力,`,
    `${village},旅程2,丙试,399900198001011039,户主,脱贫户,普通劳动力,`,
  ];
  await page.goto('/workbench/imports');
  await page.getByRole('button', { name: '上传表格' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({
    name: '摸底表.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\r\n')),
  });
  await dialog.getByRole('button', { name: '上传并检查' }).click();
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { name: '没有认出的代码' })).toBeVisible({ timeout: 30_000 });
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);

  // Every field can be chosen for a column, whether or not this file has it.
  await page.getByLabel('对应到 摸底备注').click();
  const choices = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option');
  await page.keyboard.type('证件号码');
  await expect(choices.filter({ hasText: '证件号码' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(choices.first()).toBeHidden();
  await page.getByLabel('意思是 壮劳力').click();
  await choices.filter({ hasText: '普通劳动力' }).click();
  await page.getByRole('button', { name: '保存对应关系并重新检查' }).first().click();
  await expect(page.getByRole('heading', { name: '没有认出的代码' })).toBeHidden({ timeout: 30_000 });

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载标出错误的表格' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);

  await page.getByRole('button', { name: /^写入 \d+ 行$/ }).click();
  await page.getByRole('button', { name: /确\s*定/ }).click();
  await expect(page.getByText('已写入：新增')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: '撤销这一批' }).click();
  await page.getByLabel('为什么撤销').fill('只是试一试');
  await submit(page, '撤销这一批');
  await expect(page.getByText('这一批已经撤销')).toBeVisible({ timeout: 30_000 });
});
