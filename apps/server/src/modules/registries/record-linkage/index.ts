export { checkEntry } from './check-entry.ts';
export { linkagePolicyKinds } from './linkage-policy.ts';
export { registerLinkageRoutes } from './routes.ts';
export { searchPairs } from './search.job.ts';
export { findKeptPerson, listPersonAliases } from './pair-store.ts';
