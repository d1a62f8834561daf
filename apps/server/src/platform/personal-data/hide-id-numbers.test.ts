import { describe, expect, it } from 'vitest';
import { hideIdNumbers } from './hide-id-numbers.ts';

describe('hideIdNumbers', () => {
  it.each([
    ['身份证399900196001010018见附件', '身份证[隐去]见附件'],
    ['３９９９００１９６００１０１００１８', '[隐去]'],
    ['399900 19600101 001X', '[隐去]'],
    ['老证 399900600101001 已换', '老证 [隐去] 已换'],
  ])('hides the number in %s', (text, shown) => {
    expect(hideIdNumbers(text)).toBe(shown);
  });

  it.each(['320800000123GB00456F00010001', '320800000123456GB00001F0001', 'JS2026000123456', '合同号 20260115-0032', '13800000000', '3208030010010001'])('leaves the code %s alone', (text) => {
    expect(hideIdNumbers(text)).toBe(text);
  });
});
