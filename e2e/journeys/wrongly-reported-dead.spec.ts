import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWho } from '../persona.ts';

interface Household {
  id: string;
  members: { name: string; relation: { code: string } | null }[];
}

const ask = async <Answer>(page: Page, path: string): Promise<Answer> =>
  (await (await page.request.get(path)).json()) as Answer;

/** A member who is not the head, so that nobody has to follow as one. */
async function findSomebody(page: Page): Promise<{ household: Household; name: string }> {
  const { items } = await ask<{ items: { id: string }[] }>(page, '/api/households?limit=50');
  for (const { id } of items) {
    const household = await ask<Household>(page, `/api/households/${id}`);
    const member = household.members.find(({ relation }) => relation?.code !== '01');
    if (member && household.members.length > 2) return { household, name: member.name };
  }
  throw new Error('no household with several members');
}

async function step(page: Page, name: string, remark = ''): Promise<void> {
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name, exact: true }).click();
  if (remark) await dialog.getByLabel(/意见|理由和依据/u).fill(remark);
  await dialog.getByRole('button', { name, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function openWaiting(page: Page, kind: string, title: string): Promise<void> {
  await page.goto(`/workbench/changes?waiting=me&kind=${kind}`);
  await page.getByRole('link', { name: title, exact: true }).first().click();
}

test('who was wrongly reported dead comes back by a reversal, and everything holds as before', async ({ page }) => {
  const clerk = await signInWho(page, {
    may: ['household.propose', 'household.change'],
    mayNot: ['household.approve'],
  });
  const { household, name } = await findSomebody(page);
  await page.goto(`/workbench/households/${household.id}`);
  const members = page.locator('section').filter({ has: page.getByRole('heading', { name: '人口' }) });
  const row = members.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: '更正这个人的情况' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: '登记离户' }).click();
  const form = dialog.getByRole('tabpanel', { name: '登记离户' });
  await form.getByLabel('原因').click();
  await page
    .locator('.ant-select-item-option', { hasText: /^死亡$/u })
    .last()
    .click();
  await form.getByLabel('理由和依据').fill('邻居反映');
  await form.getByRole('button', { name: '提交审批' }).click();
  await expect(dialog).toBeHidden();
  // Nothing is in the registry yet.
  await expect(row).toBeVisible();

  const approver = await signInWho(page, { may: ['household.approve', 'person.unmask'], not: clerk.displayName });
  const at = approver.region.code;
  await openWaiting(page, 'leave', '成员离户');
  await expectAccessible(page);
  await step(page, '批准');
  const request = page.url();
  await page.goto(`/workbench/households/${household.id}`);
  await expect(page.getByRole('heading', { name: '变更申请' })).toBeVisible();
  await expect(row).toHaveCount(0);

  // The person turns up. Taking it back is a request of its own: proposed by one, verified by another, approved by a third.
  await signInWho(page, { may: ['household.propose', 'household.change'], mayNot: ['household.approve'] });
  await page.goto(request);
  await step(page, '撤销这项变更', '本人到村委会，系误报');
  await signInWho(page, { may: ['household.approve', 'person.unmask'] });
  await openWaiting(page, 'reversal', '撤销已生效的变更');
  await step(page, '核实通过', '已见到本人');
  await signInWho(page, { may: ['household.approve', 'person.unmask'], not: approver.displayName, at });
  await openWaiting(page, 'reversal', '撤销已生效的变更');
  await step(page, '批准');
  await page.goto(`/workbench/households/${household.id}`);
  await expect(row).toBeVisible();
});
