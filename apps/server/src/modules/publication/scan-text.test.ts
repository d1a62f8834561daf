import { expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

const kinds = (text: string) => scanText(text).map((leak) => leak.kind);

it.each([
  ['身份证399900196001010018', 'id-number'],
  ['３９９９００１９６００１０１００１８', 'id-number'],
  ['399900 19600101 0018', 'id-number'],
  ['399900-1960-0101-0018', 'id-number'],
  ['3 9 9 9 0 0 1 9 6 0 0 1 0 1 0 0 1 8', 'id-number'],
  ['399900\u200b196001\u200b010018', 'id-number'],
  ['三九九九零零一九六零零一零一零零一八', 'id-number'],
  ['①②⑨ 399900600101001', 'id-number'],
  ['39990019600101001x', 'id-number'],
  ['3999****0018', 'id-number'],
  ['联系 13912345678', 'phone'],
  ['+86 139-1234-5678', 'phone'],
  ['１３９ １２３４ ５６７８', 'phone'],
  ['一三九一二三四五六七八', 'phone'],
  ['6228480402564890018', 'account'],
  ['6228 4804 0256 4890 018', 'account'],
  ['因病致困', 'illness'],
  ['尿 毒 症', 'illness'],
  ['hiv 阳性', 'illness'],
] as const)('finds what may not be published in %s', (text, kind) => expect(kinds(text)).toContain(kind));

it.each(['张*', '三组', '2026-11-24 至 2026-12-01', '金额 1,234,567.00 元', '0517-82345678 转 8001', '2022 2023 2024 2025 2026', '国开发〔2020〕6号', '编号 GS-2026-000123', '4 口人\n2026\n1200\n3400\n5600', '二〇二六年十一月二十四日'])('leaves %s alone', (text) =>
  expect(kinds(text)).toEqual([]),
);
