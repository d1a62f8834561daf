import { join } from 'node:path';
import type { DatasetKind } from '@sunlit/api-spec';
import { loadDatasetKinds } from '#analytics/dataset-kinds/load-dataset-kinds.ts';
import { AppError } from '#platform/errors.ts';
import { repositoryFolder } from '#platform/settings.ts';

let loaded: Promise<ReadonlyMap<string, DatasetKind>> | undefined;

/** The dataset kinds of the shipped base; a mistake in one shows at the first use, which the tests are. */
export function datasetKinds(): Promise<ReadonlyMap<string, DatasetKind>> {
  loaded ??= loadDatasetKinds(join(repositoryFolder, 'regions/_base/dataset-kinds'));
  return loaded;
}

export async function getDatasetKind(code: string): Promise<DatasetKind> {
  const kind = (await datasetKinds()).get(code);
  if (!kind) throw new AppError('request-invalid', undefined, { fields: [{ path: 'kind', message: '没有这一数据种类。' }] });
  return kind;
}
