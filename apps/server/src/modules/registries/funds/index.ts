export { startCheckingLedger } from './ledger/check-ledger.ts';
