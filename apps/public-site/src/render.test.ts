import { expect, test } from 'vitest';
import { render } from './entry-server.tsx';

const region = { code: '320800000000', name: '淮安市', fullName: '江苏省淮安市' };
const answers: Record<string, unknown> = {
  '/api/system': { demo: true },
  '/api/public/figures': {
    region,
    parent: null,
    synthetic: true,
    asOf: '2026-11-24',
    threshold: 5,
    columns: [{ code: 'households', title: { zh: '帮扶户', en: 'Households' } }],
    rows: [
      { region: { code: '320826000000', name: '涟水县', fullName: '淮安市涟水县' }, hasChildren: true, values: [1200] },
      { region: { code: '320831000000', name: '金湖县', fullName: '淮安市金湖县' }, hasChildren: true, values: [null] },
    ],
    total: [1203],
  },
};
const call = (path: string) => Promise.resolve(answers[path.split('?')[0]!]);

test('a hidden cell says so in words and never looks like a zero', async () => {
  const { html, status } = await render({ path: '/figures', call });
  expect(status).toBe(200);
  expect(html).toContain('为保护隐私不显示');
  expect(html).toContain('1,200');
  expect(html).not.toMatch(/>0<\/td>/);
});

test('the address decides the language', async () => {
  expect((await render({ path: '/en/figures', call })).html).toContain('not shown, to protect privacy');
  expect((await render({ path: '/heard', call })).html).toContain('lang="zh-CN"');
});

test('synthetic data are marked on every page, an unknown page is a 404', async () => {
  const { html, status } = await render({ path: '/nowhere', call });
  expect(status).toBe(404);
  expect(html).toContain('演示数据');
});

test('an address cannot inject into the call or the page', async () => {
  const called: string[] = [];
  const { html } = await render({
    path: '/figures?regionCode=%22%3E%3Cscript%3E',
    call: (path) => {
      called.push(path);
      return call(path);
    },
  });
  expect(called).toContain('/api/public/figures');
  expect(html).not.toContain('<script>');
});
