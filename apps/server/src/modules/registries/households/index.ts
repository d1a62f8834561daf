export { registerHouseholdRoutes } from './routes.ts';
export { countKnownHouseholds, findHousehold } from './household-store.ts';
export { nameFor } from './household-view.ts';
export { countEnrolledHouseholds, countHouseholdsByRegion, countSupportedHouseholds } from './household-figures.ts';
export { findHouseholdsOfPersons, listPersonKeys, readHouseholdsForCheck, writeRegistrySnapshot } from './household-snapshot.ts';
export { registerImportJobs, registerImportRoutes } from './import/routes.ts';
export { registerHouseholdReferences } from './import/household-references.ts';
export { importHouseholdsFile } from './import/import-file.ts';
