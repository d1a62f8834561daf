import { describe, expect, it } from 'vitest';
import { idCardCheckCharacter, maskIdCardNumber, parseIdCardNumber } from './id-card-number.ts';

const card = (first17: string): string => first17 + idCardCheckCharacter(first17);
const valid = '11010519491231002X';

describe('parseIdCardNumber', () => {
  it('reads the example of GB 11643 and what it says', () => {
    expect(parseIdCardNumber(valid)).toEqual({ ok: true, value: valid, birthDate: '1949-12-31', sexCode: '2', regionCode6: '110105' });
  });

  it.each([
    ['１１０１０５１９４９１２３１００２Ｘ', 'full width'],
    ["'11010519491231002x", 'apostrophe, lower case'],
    ['\uFEFF110105 19491231 002X\u200B\t', 'spaces and invisible characters'],
  ])('cleans %s (%s)', (text) => {
    expect(parseIdCardNumber(text)).toMatchObject({ ok: true, value: valid });
  });

  it('upgrades fifteen digits', () => {
    expect(parseIdCardNumber('110105491231002')).toMatchObject({ ok: true, value: valid, upgradedFrom15: true });
  });

  it('reads a disability certificate, reissued or not', () => {
    expect(parseIdCardNumber(`${valid}43`)).toMatchObject({ value: valid, disability: { classCode: '4', levelCode: '3' } });
    expect(parseIdCardNumber(`${valid}43B1`)).toMatchObject({ ok: true, value: valid });
    expect(parseIdCardNumber(`${valid}99`)).toEqual({ ok: false, problem: 'length' });
  });

  it.each([
    ['', 'empty'],
    ['1.10105E+17', 'lost-digits'],
    ['1.10105194912310E17', 'lost-digits'],
    ['110105194912311000', 'lost-digits'],
    ['1101051949123100', 'length'],
    ['11010519491231002Y', 'characters'],
    ['不详', 'characters'],
    [card('11010519490230002'), 'birth-date'],
    ['110105194912310021', 'checksum'],
  ])('refuses %s: %s', (text, problem) => {
    expect(parseIdCardNumber(text)).toEqual({ ok: false, problem });
  });

  it('masks to the last four', () => {
    expect(maskIdCardNumber(valid)).toBe('****002X');
    expect(maskIdCardNumber('123')).toBe('****');
  });
});
