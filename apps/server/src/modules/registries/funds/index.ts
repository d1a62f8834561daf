export { startCheckingLedger } from './ledger/check-ledger.ts';
export { registerFundRoutes } from './routes.ts';
