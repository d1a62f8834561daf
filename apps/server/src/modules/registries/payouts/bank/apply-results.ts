import type { BankOutcome } from '@sunlit/api-spec';
import type { LineRow } from '../batches/batch-store.ts';
import type { BankRecord } from './read-result-file.ts';

/** The line that pays now, in whichever batch, for a line that was re-issued. */
export type FindSuccessor = (lineId: string) => LineRow | undefined;

export interface LineChange {
  line: LineRow;
  state: 'paid' | 'failed' | 'withdrawn';
  record: BankRecord;
}

const notYetSent = new Set<LineRow['state']>(['listed', 'held', 'failed']);

/**
 * What one record comes to, and which lines it moves. Whatever does not fit moves nothing and is reported. `stateOf` is
 * the state after the records before it.
 */
export function judgeRecord(record: BankRecord, line: LineRow | undefined, stateOf: (line: LineRow) => LineRow['state'], findSuccessor: FindSuccessor): { outcome: BankOutcome; changes: LineChange[] } {
  const only = (outcome: BankOutcome) => ({ outcome, changes: [] });
  if (!line) return only('unknown');
  if (record.amountFen !== line.amount_fen) return only('wrong-amount');
  const state = stateOf(line);
  const move = (outcome: BankOutcome, to: 'paid' | 'failed') => ({ outcome, changes: [{ line, state: to, record }] });
  // what never went to the bank cannot come back from it
  if (state === 'listed' || state === 'held' || state === 'withdrawn') return only('unknown');
  if (record.kind === 'paid') {
    if (state === 'paid') return only('duplicate');
    if (state !== 're-issued') return move('paid', 'paid');
    const successor = findSuccessor(line.id);
    // the money has arrived after all: if the second payment has not left yet, it never does
    if (successor && notYetSent.has(stateOf(successor))) return { outcome: 'paid-after-reissue', changes: [{ line, state: 'paid', record }, { line: successor, state: 'withdrawn', record }] };
    return only('paid-after-reissue');
  }
  if (state === 'paid') return move('returned', 'failed');
  if (record.kind === 'returned') return only('return-without-payment');
  return state === 'sent' ? move('failed', 'failed') : only('duplicate');
}
