export { abandonDelivery, checkDelivery } from './check-delivery.job.ts';
export { chooseDatasets, withDatasets, type ChosenDelivery, type OpenDataset } from './composed-datasets.ts';
export { datasetKinds } from './dataset-kinds.ts';
export { removeForgottenFiles } from './delivered-file.ts';
export { deliverFile } from './deliver-file.ts';
export { registerPersonKeySource } from './person-key-source.ts';
export { registerDataIntakeRoutes } from './routes.ts';
export { listFreshness } from './list-freshness.ts';
export { viewDelivery } from './view-delivery.ts';
