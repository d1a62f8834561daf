import { afterEach, expect, it, vi } from 'vitest';
import { log, silenceLogs, withoutQuotedValues } from './log.ts';

afterEach(() => vi.restoreAllMocks());

it('never repeats what an error quotes', () => {
  const error = "Invalid Input Error: CSV Error on Line: 3503, \"张三,,摩托车\" in 'owner'\nOriginal Line: 王芳娟,摩托车\n    at read (intake.ts:1)";
  expect(withoutQuotedValues(error)).toBe("Invalid Input Error: CSV Error on Line: 3503, \"…\" in 'owner'\n    at read (intake.ts:1)");
});

it('never writes an identity number, a phone or an account, wherever it hides', () => {
  silenceLogs(false);
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  log.error({ error: 'duplicate key (id_number)=(399900196001010018), phone 13912345678', path: '/x/39990019600101001X' }, 'failed for 6222021234567890123');
  log.info({ count: 12345, id: '0199a8f0-1111-7000-8000-000000000001' }, 'done');
  expect(lines.join('')).not.toMatch(/3999001960|13912345678|6222021234/);
  expect(lines[1]).toContain('12345');
  expect(lines[1]).toContain('0199a8f0-1111-7000-8000-000000000001');
});
