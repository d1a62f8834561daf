export { isPayoutOfHousehold, listHouseholdPayouts } from './batches/list-household-payouts.ts';
export { listHouseholdsWithPayouts } from './batches/list-paid-households.ts';
export { payoutPolicyKinds } from './payout-policy-kinds.ts';
export { registerPayoutRoutes } from './routes.ts';
