export { keepNotices } from './keep-notices.ts';
export { noticePolicyKinds } from './notice-kinds.ts';
export { findNoticeStanding } from './notice-standing.ts';
export { registerNoticeRoutes } from './routes.ts';
