export { registerRuleRoutes } from './routes.ts';
export { getRule, getRuleLibrary } from './rule-library.ts';
export { readPrecisions, tallyDecision } from './rule-precision.ts';
