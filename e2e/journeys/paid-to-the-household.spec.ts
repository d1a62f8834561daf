import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { act, submit } from '../dialogs.ts';
import { signInWho } from '../persona.ts';

const city = '320800000000';
const county = '320826000000';
const month = '2026-12';
const day = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

interface Line {
  id: string;
  householdId: string;
  amountFen: number;
  state: string;
}
interface Paged<Item> {
  items: Item[];
  nextCursor: string | null;
}

const maker = { may: ['payout.prepare'], at: city };
const checker = { may: ['payout.check'], at: county };
const finance = { may: ['payout.approve', 'payout.send'], at: county };

/** The lines of the batch whose page is open. */
async function linesOf(page: Page, batchId: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/api/payouts/batches/${batchId}/lines?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const part = (await (await page.request.get(path)).json()) as Paged<Line>;
    lines.push(...part.items);
    cursor = part.nextCursor;
  }
  return lines;
}

/** The answer of the bank to a batch, as its host writes it. */
function answerOf(number: string, lines: readonly (Line & { code: string; text: string })[]): Buffer {
  const totals = [String(lines.length), String(lines.reduce((sum, line) => sum + line.amountFen, 0))];
  const records = lines.map((line, index) => ['R', String(index + 1), line.id.replaceAll('-', ''), String(line.amountFen), line.code, line.text, day.replaceAll('-', '')]);
  return Buffer.from([['H', number, ...totals], ...records, ['T', ...totals]].map((row) => row.join('|')).join('\r\n'));
}

const idIn = (page: Page): string => page.url().split('/').at(-1)!;
const numberOf = async (page: Page, batchId: string): Promise<string> => ((await (await page.request.get(`/api/payouts/batches/${batchId}`)).json()) as { number: string }).number;

async function toBank(page: Page, address: string): Promise<void> {
  await signInWho(page, finance);
  await page.goto(address);
  await act(page, '批准发放');
  await submit(page, '批准发放');
  await act(page, '生成银行文件');
  await submit(page, '生成银行文件');
  await expect(page.getByRole('heading', { name: '银行文件' })).toBeVisible();
}

async function bring(page: Page, name: string, buffer: Buffer): Promise<void> {
  await act(page, '导入银行回盘');
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer });
  await page.getByRole('dialog').getByRole('button', { name: '导入银行回盘' }).click();
}

test('a benefit is listed, doubted, held with a notice, paid, returned, issued again; what did not arrive is followed to its end', async ({ page, browser }) => {
  // one person makes the list
  const made = await signInWho(page, maker);
  await page.goto(`/workbench/payouts/new?programmeCode=subsistence-rural&regionCode=${county}&month=${month}`);
  await act(page, '编制批次');
  await page.getByRole('dialog').getByRole('combobox').first().click();
  await page.locator('.ant-select-item-option').filter({ hasText: '救助补助一卡通发放' }).first().click();
  await submit(page, '编制批次');
  await expect(page.getByRole('heading', { name: '办理过程' })).toBeVisible();
  const [address, batchId] = [page.url(), idIn(page)];
  const number = await numberOf(page, batchId);

  // another checks it, and holds one payment
  await signInWho(page, checker);
  await page.goto(address);
  await act(page, '运行发放前核查');
  await submit(page, '运行发放前核查');
  await expect(page.getByRole('heading', { name: '发放前核查的疑点' })).toBeVisible();
  const doubted = page.getByRole('row').filter({ has: page.getByRole('button', { name: '决定' }) }).first();
  await doubted.getByRole('button', { name: '决定' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('缓发', { exact: true }).check();
  await dialog.getByLabel('理由').fill('请村里核对享受哪一项');
  await dialog.getByLabel('法律依据').fill('《社会救助暂行办法》');
  await dialog.getByLabel('缓发天数').fill('10');
  await submit(page, '决定');
  const popup = page.waitForEvent('popup');
  await page.getByRole('link', { name: '告知书' }).first().click();
  const notice = await popup;
  await expect(notice.locator('body')).toContainText('暂缓发放告知书');
  await expect(notice.locator('body')).toContainText('请村里核对享受哪一项');
  await notice.close();
  await page.mouse.move(0, 0);
  await expectAccessible(page);
  await act(page, '确认复核');
  await submit(page, '确认复核');

  // a third approves; the bank pays all but one
  await toBank(page, address);
  const sent = (await linesOf(page, batchId)).filter(({ state }) => state === 'sent');
  const answer = answerOf(number, sent.map((line, index) => ({ ...line, code: index === 0 ? 'E101' : '0000', text: index === 0 ? '账号已销户' : '' })));
  await bring(page, '回盘-截断.txt', answer.subarray(0, answer.length - 9));
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('没有导入');
  await page.keyboard.press('Escape');
  await bring(page, '回盘.txt', answer);
  await expect(page.getByText(`已导入：成功 ${sent.length - 1}`)).toBeVisible();
  await expect(page.getByText('账号已销户').first()).toBeVisible();
  await expectAccessible(page);

  // what failed is on the work list and is issued again
  await signInWho(page, maker);
  await page.goto('/workbench/payouts/work?sort=newest');
  await expect(page.getByRole('link', { name: number }).first()).toBeVisible();
  await page.goto(address);
  await act(page, '重新发放');
  await page.getByRole('dialog').getByRole('combobox').first().click();
  await page.locator('.ant-select-item-option').filter({ hasText: '救助补助一卡通发放' }).first().click();
  await submit(page, '重新发放');
  await expect(page).not.toHaveURL(address);
  await expect(page.getByText('重新发放').first()).toBeVisible();
  const [again, againId] = [page.url(), idIn(page)];
  await signInWho(page, checker);
  await page.goto(again);
  await act(page, '运行发放前核查');
  await submit(page, '运行发放前核查');
  await act(page, '确认复核');
  await submit(page, '确认复核');
  await toBank(page, again);
  await bring(page, '回盘.txt', answerOf(await numberOf(page, againId), (await linesOf(page, againId)).map((line) => ({ ...line, code: '0000', text: '' }))));
  await expect(page.getByText('已导入：成功 1')).toBeVisible();

  // a household reads on a phone that it was paid, and says that the money did not arrive
  const missing = sent.at(-1)!;
  await signInWho(page, { may: ['my-file.serve', 'person.unmask'], at: county });
  const household = (await (await page.request.get(`/api/households/${missing.householdId}`)).json()) as { members: { personId: string }[] };
  const { personId } = household.members[0]!;
  const unmasked = await page.request.post(`/api/persons/${personId}/unmask`, { data: { commandId: crypto.randomUUID(), field: 'idNumber', reason: '当面核对身份证原件' } });
  const { value: idNumber } = (await unmasked.json()) as { value: string };
  const letter = await page.request.post(`/api/households/${missing.householdId}/code-letters`, { data: { commandId: crypto.randomUUID(), personId, cardSeen: true } });
  const { code } = (await letter.json()) as { code: string };
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await phone.goto('/me');
  await phone.getByLabel('查询信上的查询码').fill(code);
  await phone.getByLabel('您的身份证号码').fill(idNumber);
  await phone.getByRole('button', { name: '打开' }).click();
  const paid = phone.getByRole('listitem').filter({ hasText: `${month} ` }).filter({ hasText: '这笔我没有收到' }).first();
  await paid.getByText('这笔我没有收到').click();
  await paid.getByRole('textbox').fill('存折上没有这笔钱');
  await paid.getByRole('button').click();
  await expect(phone.getByRole('status')).toContainText('F25-');
  await expect(phone.getByText(/您说这笔没有收到，编号 F25-/).first()).toBeVisible();
  await expectAccessible(phone);

  // somebody who did not handle the payment follows it to its end
  const decider = await signInWho(page, { may: ['finding.assign', 'finding.verify', 'finding.decide'], at: city, not: made.displayName });
  const found = ((await (await page.request.get(`/api/findings?rule=F25&householdId=${missing.householdId}`)).json()) as Paged<{ id: string }>).items[0]!;
  await page.goto(`/workbench/findings/${found.id}`);
  await expect(page.getByRole('heading', { name: '所说的这笔发放' })).toBeVisible();
  await expect(page.getByText('存折上没有这笔钱')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);
  await act(page, '派单');
  await page.getByLabel('派给谁').fill(decider.displayName);
  await page.locator('.ant-select-item-option').first().click();
  await submit(page, '派单');
  const step = page.locator('[aria-current=step]');
  for (const [action, words] of [['开始核实', '请银行查这笔钱的去向'], ['作出决定', '钱在存折上，户里看错了月份。'], ['记录后续处理', '已当面对照存折说明。'], ['办结', '户里认可。']] as const) {
    await act(page, action);
    if (action === '作出决定') {
      await page.getByLabel('情况属实').check();
      await page.getByLabel('理由（当事人可以看到）').fill(words);
    } else await page.getByRole('dialog').getByRole('textbox').fill(words);
    await submit(page, action);
  }
  await expect(step).toHaveText('已办结');
  await phone.goto('/me');
  await expect(phone.getByText('户里看错了月份。')).toBeVisible();
  await phone.close();
});
