export { qualityPolicyKinds } from './quality-values.ts';
export { registerQualityRoutes } from './routes.ts';
export { subscribeQuality } from './subscriptions.ts';
export { sweepQuality } from './sweep.job.ts';
