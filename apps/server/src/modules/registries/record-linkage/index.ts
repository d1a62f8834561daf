export { checkEntry } from './check-entry.ts';
export { registerLinkageRoutes } from './routes.ts';
