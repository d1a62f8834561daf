import { listDatasetKinds } from '@sunlit/api-spec';
import { useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { useT } from '../../messages.ts';

const registryTables = ['households', 'persons', 'enrolments', 'exclusive_programmes', 'policy_lines'] as const;
type RegistryTable = (typeof registryTables)[number];
const isRegistryTable = (name: string): name is RegistryTable => (registryTables as readonly string[]).includes(name);

/** The title of what a rule reads: a dataset kind, or a table of the registry. */
export function useTableTitle(): (name: string) => string {
  const t = useT();
  const may = useMay();
  const local = useLocalised();
  const kinds = useEndpoint(listDatasetKinds, {}, { staleTime: 600_000, enabled: may('dataset.read') });
  return (name) => {
    const [authorised, of] = name.split(':');
    if (authorised === 'authorised' && of) {
      const kind = kinds.data?.items.find((item) => item.code === of);
      return t('intake.table.authorised', { kind: kind ? local(kind.title) : of });
    }
    if (isRegistryTable(name)) return t(`intake.table.${name}`);
    const kind = kinds.data?.items.find((item) => item.code === name);
    return kind ? local(kind.title) : name;
  };
}

/** A field of a dataset kind as departments call its column. */
export function useFieldTitle(kindCode: string): (field: string) => string {
  const may = useMay();
  const kinds = useEndpoint(listDatasetKinds, {}, { staleTime: 600_000, enabled: may('dataset.read') });
  const fields = kinds.data?.items.find((kind) => kind.code === kindCode)?.fields ?? [];
  return (name) => fields.find((field) => field.name === name)?.titles[0] ?? name;
}
