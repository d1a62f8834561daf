export { sayNotReceived } from './say-not-received.ts';
export { myFilePolicyKinds } from './my-file-terms.ts';
export { registerMyFileRoutes } from './routes.ts';
export { forgetVisits } from './forget-visits.ts';
export { subscribeMyFile } from './subscriptions.ts';
