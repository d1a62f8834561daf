import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from '../accessibility.ts';
import { signInWhoMay } from '../persona.ts';

const lists: Record<string, string> = {
  'finding.read': 'findings',
  'run.read': 'runs',
  'rule.read': 'rules',
  'household.read': 'households',
  'household.change': 'record-linkage',
  'household.propose': 'changes',
  'household.import': 'imports',
  'dataset.read': 'datasets',
  'dataset.deliver': 'corrections',
  'region.read': 'regions/320826101201',
  'policy.read': 'policies',
  'voice.read': 'voices',
  'fund.read': 'funds/indicators',
  'fund.allocate': 'funds/documents',
  'fund.reverse': 'ledger',
  'notice.read': 'notices',
  'identification.read': 'identification',
  'staff.read': 'staff',
  'audit.read': 'audit',
};

test('the login page is accessible and keeps what was typed when it is refused', async ({ page }) => {
  await page.goto('/workbench/');
  await expect(page.getByLabel('用户名')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('用户名').fill('nobody');
  await page.locator('input[type=password]').fill('wrong-password');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('用户名')).toHaveValue('nobody');
});

/** A record of each kind: the list it is found in, and its page. */
const records: Record<string, { list: string; page: string; key: 'id' | 'code' }> = {
  finding: { list: '/api/findings?limit=1', page: 'findings', key: 'id' },
  household: { list: '/api/households?limit=1', page: 'households', key: 'id' },
  run: { list: '/api/cross-check-runs?limit=1', page: 'runs', key: 'id' },
  rule: { list: '/api/rules', page: 'rules', key: 'code' },
  indicator: { list: '/api/funds/indicators?limit=1', page: 'funds/indicators', key: 'id' },
  posting: { list: '/api/ledger/transactions?limit=1', page: 'ledger', key: 'id' },
  notice: { list: '/api/notices?limit=1', page: 'notices', key: 'id' },
  procedure: { list: '/api/identification?limit=1', page: 'identification', key: 'id' },
  delivery: { list: '/api/deliveries?limit=1', page: 'deliveries', key: 'id' },
};

/** The page as it stands, on a desk and on a phone. */
async function expectAccessibleOnBoth(page: Page): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    await page.waitForLoadState('networkidle');
    await expectAccessible(page);
  }
}

test('every list is accessible on a desk and on a phone', async ({ page }) => {
  test.slow();
  let session = await signInWhoMay(page, 'household.import');
  for (const [permission, path] of Object.entries(lists)) {
    if (!session.permissions.includes(permission)) session = await signInWhoMay(page, permission);
    await page.goto(`/workbench/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expectAccessibleOnBoth(page);
  }
});

test('the widest lists fit a phone in English too, where words are longer', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('sunlit.language', 'en'));
  await signInWhoMay(page, 'household.import', 'fund.read');
  for (const path of ['', 'funds', 'funds/clocks', 'findings', 'households', 'changes', 'datasets']) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/workbench/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page);
  }
});

test('every record is accessible on a desk and on a phone', async ({ page }) => {
  await signInWhoMay(page, 'finding.decide', 'household.change', 'run.read', 'dataset.decide');
  for (const record of Object.values(records)) {
    const { items } = (await (await page.request.get(record.list)).json()) as { items: Record<string, string>[] };
    await page.goto(`/workbench/${record.page}/${items[0]?.[record.key]}`);
    await expect(page.locator('section.block').first()).toBeVisible();
    await expectAccessibleOnBoth(page);
  }
  await page.goto('/workbench/cockpit');
  await expect(page.getByRole('heading', { name: '六个精准' })).toBeVisible();
  await expectAccessibleOnBoth(page);
});

test('a page outside one’s permissions says so in words', async ({ page }) => {
  const session = await signInWhoMay(page, 'audit.read');
  const closed = Object.entries(lists).find(([permission]) => !session.permissions.includes(permission));
  expect(closed, 'an auditor’s administrator may not see every list').toBeDefined();
  await page.goto(`/workbench/${closed?.[1] ?? ''}`);
  await expect(page.getByRole('alert')).toContainText('没有查看');
});

test('search words stay out of the address', async ({ page }) => {
  await signInWhoMay(page, 'household.read');
  await page.goto('/workbench/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.locator('body').press('/');
  await page.keyboard.type('王');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/workbench\/households$/);
  await expect(page.getByRole('button', { name: '清除筛选' })).toBeVisible();
});

test('what the server words itself changes with the language', async ({ page }) => {
  await signInWhoMay(page, 'policy.read');
  await page.goto('/workbench/policies');
  await expect(page.getByText('系统默认值：农村低保月标准，待以当地文件替换')).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByText('Product default: rural subsistence line per month')).toBeVisible();
});
