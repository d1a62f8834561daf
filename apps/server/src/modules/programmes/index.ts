export { readPolicySnapshot } from './policy-snapshot.ts';
