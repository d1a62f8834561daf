import { afterEach, expect, it, vi } from 'vitest';
import { log, silenceLogs } from './log.ts';

afterEach(() => vi.restoreAllMocks());

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
