export { readPolicySnapshot } from './policy-snapshot.ts';
export { registerPolicyRoutes } from './routes.ts';
