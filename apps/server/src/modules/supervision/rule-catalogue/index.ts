export { registerRuleRoutes } from './routes.ts';
export { rulePolicyKinds } from './rule-policy-kinds.ts';
export { getRule, getRuleLibrary, listCatalogue } from './rule-library.ts';
export { readPrecisions, tallyDecision } from './rule-precision.ts';
