import { getKeyring } from '#platform/personal-data/keyring.ts';
import { DatasetStore } from './dataset-store.ts';

let folder: string | undefined;

export function setDatasetFolder(path: string): void {
  folder = path;
}

/** The dataset store of this process. */
export function getDatasetStore(): DatasetStore {
  if (!folder) throw new Error('The dataset folder is not set.');
  return new DatasetStore(folder, getKeyring().fileKey);
}
