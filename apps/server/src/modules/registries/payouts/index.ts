export { payoutPolicyKinds } from './payout-policy-kinds.ts';
export { registerPayoutRoutes } from './routes.ts';
