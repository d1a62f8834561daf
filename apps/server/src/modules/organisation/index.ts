export { createServiceAccount, listServiceAccounts, revokeServiceAccount } from './service-accounts.ts';
export { findActorByAccount, findActorByUserName } from './find-actor.ts';
export { loadReferenceData } from './reference-data.ts';
export { findRegion, listChildren, listNeighboursInTime, listSucceededDivisions, regionDirectory, regionNamer } from './region-store.ts';
export { registerOrganisationRoutes } from './routes.ts';
export { registerSessionRoutes } from './session-routes.ts';
export { countVillagesWithStaff, departmentNames, findStaffPhone, insertStaff, staffNames } from './staff-store.ts';
