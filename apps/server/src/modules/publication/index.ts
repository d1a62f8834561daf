export { keepNotices } from './keep-notices.ts';
export { findNoticeStanding } from './notice-standing.ts';
export { writeNoticeSnapshot } from './notice-snapshot.ts';
export { registerNoticeRoutes } from './routes.ts';
export { draftNotice } from './draft-notice.ts';
export { findNoticeKind, noticePolicyKinds } from './notice-kinds.ts';
export { publishNotice } from './publish-notice.ts';
