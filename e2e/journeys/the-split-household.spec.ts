import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWho } from '../persona.ts';

interface Household {
  id: string;
  number: string;
  members: { personId: string; name: string; relation: { code: string } | null }[];
}

const ask = async <Answer>(page: Page, path: string): Promise<Answer> =>
  (await (await page.request.get(path)).json()) as Answer;

/** A household where somebody besides the head and the spouse can go off. */
async function findHousehold(page: Page): Promise<Household> {
  const { items } = await ask<{ items: { id: string }[] }>(page, '/api/households?sort=-region&limit=50');
  for (const { id } of items) {
    const household = await ask<Household>(page, `/api/households/${id}`);
    const names = new Set(household.members.map(({ name }) => name));
    if (household.members.length > 2 && names.size === household.members.length) return household;
  }
  throw new Error('no household with several members');
}

async function step(page: Page, name: string, remark = ''): Promise<void> {
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name, exact: true }).click();
  if (remark) await dialog.getByLabel('意见').fill(remark);
  await dialog.getByRole('button', { name, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function openWaiting(page: Page): Promise<void> {
  await page.goto('/workbench/changes?waiting=me&kind=split');
  await page.getByRole('link', { name: '分户', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: '申请', level: 2 })).toBeVisible();
}

test('a household splits: the one who goes has a household of their own, and the day before is still one', async ({
  page,
}) => {
  await signInWho(page, { may: ['household.propose', 'household.change'], mayNot: ['household.approve'] });
  const household = await findHousehold(page);
  const going = household.members.find(({ relation }) => relation?.code !== '01')!;
  await page.goto(`/workbench/households/${household.id}`);
  await page.getByRole('button', { name: '提出变更' }).click();
  await page.getByRole('menuitem', { name: '分户' }).click();
  const dialog = page.getByRole('dialog');
  const number = `${household.number}-${Date.now() % 100_000}`;
  await dialog.getByLabel('新户的户编号').fill(number);
  const line = dialog.locator('.ant-form-item').filter({ hasText: going.name }).last();
  await line.getByRole('checkbox').check();
  await line.getByRole('combobox').click();
  await page
    .locator('.ant-select-item-option', { hasText: /^户主$/u })
    .last()
    .click();
  await dialog.getByLabel('理由和依据').fill('户口簿已分');
  await expect(dialog.getByText('核实，再由')).toBeVisible();
  await dialog.getByRole('button', { name: '提交审批' }).click();
  await expect(dialog).toBeHidden();

  const verifier = await signInWho(page, { may: ['household.approve', 'person.unmask'] });
  await openWaiting(page);
  await expectAccessible(page);
  await step(page, '核实通过', '已看户口簿');
  await signInWho(page, {
    may: ['household.approve', 'person.unmask'],
    not: verifier.displayName,
    at: verifier.region.code,
  });
  await openWaiting(page);
  await step(page, '批准');

  await page.goto(`/workbench/households/${household.id}`);
  const members = page.locator('section').filter({ has: page.getByRole('heading', { name: '人口' }) });
  await expect(members.getByRole('row')).toHaveCount(household.members.length);
  await expect(members.getByText(going.name)).toHaveCount(0);
  await page.goto(`/workbench/households?q=${number}`);
  await page.getByRole('link', { name: going.name }).first().click();
  await expect(page.getByRole('heading', { name: `${going.name} 户` })).toBeVisible();
  await expectAccessible(page);
});
