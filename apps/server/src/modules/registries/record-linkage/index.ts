export { checkEntry } from './check-entry.ts';
export { linkagePolicyKinds } from './linkage-policy.ts';
export { registerLinkageRoutes } from './routes.ts';
export { searchPairs } from './search.job.ts';
export { findKeptPerson } from './pair-store.ts';
