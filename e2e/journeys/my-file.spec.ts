import { expect, test } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWho } from '../persona.ts';

test('a resident gets a letter at the village office, reads the own file on a phone and asks for a correction', async ({ page, browser }) => {
  await signInWho(page, { may: ['my-file.serve', 'my-file.answer', 'person.unmask'] });
  const list = await (await page.request.get('/api/households?regionCode=320826000000&limit=1')).json();
  const household = await (await page.request.get(`/api/households/${list.items[0].id}`)).json();
  const unmasked = await page.request.post(`/api/persons/${household.members[0].personId}/unmask`, { data: { commandId: crypto.randomUUID(), field: 'idNumber', reason: '当面核对身份证原件' } });
  const { value: idNumber } = await unmasked.json();
  await page.goto(`/workbench/households/${household.id}`);
  await page.getByRole('button', { name: '开查询信' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').click();
  await page.locator('.ant-select-item-option').first().click();
  await dialog.getByRole('button', { name: '开查询信' }).click();
  await expect(dialog.getByText('请先核对身份证原件。')).toBeVisible();
  await dialog.getByLabel('我已当面核对本人的身份证原件').check();
  await dialog.getByRole('button', { name: '开查询信' }).click();
  const code = await page.locator('.letter .number').innerText();

  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await phone.goto('/me');
  await phone.getByLabel('查询信上的查询码').fill(code);
  await phone.getByLabel('您的身份证号码').fill('110101190001010000');
  await phone.getByRole('button', { name: '打开' }).click();
  await expect(phone.getByRole('alert')).toContainText('查询码或证件号码不正确');
  await phone.getByLabel('查询信上的查询码').fill(code);
  await phone.getByLabel('您的身份证号码').fill(idNumber);
  await phone.getByRole('button', { name: '打开' }).click();
  await expect(phone.getByRole('heading', { name: '谁查看过我家的信息' })).toBeVisible();
  await expect(phone.getByText('查看了完整号码').first()).toBeVisible();
  expect(await phone.content()).not.toContain(idNumber);
  await phone.getByText('登记得不对，我要更正').click();
  await phone.locator('details[open] textarea').fill('我家少登记了一个人。');
  await phone.locator('details[open]').getByRole('button').click();
  await expect(phone.getByRole('status')).toContainText('SQ-');
  await phone.getByRole('button', { name: '看完了，关闭' }).click();
  await expect(phone.getByRole('status')).toContainText('已经关闭');
  await phone.close();

  await page.goto('/workbench/resident-requests');
  await page.getByRole('button', { name: '答复' }).first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('已请村里核实，下周一前更正。');
  await page.getByRole('dialog').getByRole('button', { name: '答复' }).click();
  await expect(page.getByText('已请村里核实，下周一前更正。')).toBeVisible();
  await expectAccessible(page);
});

test('a resident signs in with the real name on a phone and sees the own file, without a letter', async ({ browser }) => {
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await phone.goto('/me');
  await phone.getByRole('link', { name: '用实名认证打开' }).click();
  await expect(phone.getByText('演示')).not.toHaveCount(0);
  await phone.locator('button.main').first().click();
  await expect(phone).toHaveURL(/\/me$/);
  await expect(phone.getByRole('heading', { name: '谁查看过我家的信息' })).toBeVisible();
  expect(await phone.content()).not.toMatch(/\b\d{17}[\dX]\b/);
  await phone.getByRole('button', { name: '看完了，关闭' }).click();
  await expect(phone.getByRole('status')).toContainText('已经关闭');
  await phone.close();
});
