export { decidePolicy, proposePolicy } from './manage-policies.ts';
export { readPolicySnapshot } from './policy-snapshot.ts';
export { registerPolicyRoutes } from './routes.ts';
export { readRuleParameterLayers } from './rule-parameter-layers.ts';
export { choicesOf, numberKind, policyField, registerPolicyKinds, type PolicyKind } from './policy-kinds.ts';
