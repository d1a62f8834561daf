import { expect, it } from 'vitest';
import { parseCreditCode } from './credit-code.ts';
import { isId, newId } from './id.ts';
import { maskName, normaliseName } from './person-name.ts';
import { parsePhoneNumber } from './phone-number.ts';

it('compares names as people do', () => {
  expect(normaliseName(' 张　三\u200B')).toBe('张三');
  expect(normaliseName('买买提•艾力')).toBe(normaliseName('买买提.艾力'));
  expect(normaliseName('anna  lee')).toBe('ANNA LEE');
  expect(normaliseName('𠮷\uE815')).toBe('𠮷\uE815');
});

it('masks names by character, not by code unit', () => {
  expect(maskName('张三丰')).toBe('张**');
  expect(maskName('𠮷田')).toBe('𠮷*');
  expect(maskName('买买提·艾力')).toBe('买**·**');
});

it('reads phones and credit codes', () => {
  expect(parsePhoneNumber('+86 138-0013-8000')).toEqual({ ok: true, value: '13800138000' });
  expect(parsePhoneNumber('12345678901')).toEqual({ ok: false, problem: 'format' });
  expect(parseCreditCode('91350100m000100y43')).toEqual({ ok: true, value: '91350100M000100Y43' });
  expect(parseCreditCode('91350100M000100Y44')).toEqual({ ok: false, problem: 'checksum' });
});

it('makes ids that sort by time', () => {
  const [older, newer] = [newId(1_700_000_000_000), newId(1_800_000_000_000)];
  expect(isId(older) && older < newer).toBe(true);
  expect(older[14]).toBe('7');
});
