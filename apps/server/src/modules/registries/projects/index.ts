export { requireProjectForPlan, requireWithinContract } from './project-money-checks.ts';
export { projectPolicyKinds } from './project-policy-kinds.ts';
export { registerProjectRoutes } from './routes.ts';
