export { registerComparison } from './comparison.ts';
export { identificationPolicyKinds } from './definitions.ts';
export { confirmMeasure, deliverMeasure, promiseMeasure } from './measures.ts';
export { applyOnline, openProcedure } from './open-procedure.ts';
export { registerIdentificationRoutes } from './routes.ts';
export { takeStep } from './take-step.ts';
export { viewProcedure } from './view-procedure.ts';
