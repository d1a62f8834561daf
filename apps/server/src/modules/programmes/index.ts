export { readPolicySnapshot } from './policy-snapshot.ts';
export { registerPolicyRoutes } from './routes.ts';
export { readRuleParameterLayers } from './rule-parameter-layers.ts';
export { registerRuleSchemas } from './policy-schemas.ts';
