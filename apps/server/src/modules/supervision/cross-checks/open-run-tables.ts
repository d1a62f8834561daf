import { attachContext, attachTables, authorisedRelation, composeOnce, loadRegistryFile, type DatasetSource, type RegistryTableName, type TableSource, type RuleConnection } from '#analytics/rule-runner/index.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { ChosenDelivery, OpenDataset } from '#modules/data-intake/index.ts';
import { writeHelpSnapshot } from '#modules/management/identification/index.ts';
import { writeNoticeSnapshot } from '#modules/publication/index.ts';
import { readPolicySnapshot } from '#modules/programmes/index.ts';
import { fundTables, writeFundSnapshot } from '#modules/registries/funds/index.ts';
import { listAuthorisedPersonKeys, writeRegistrySnapshot } from '#modules/registries/households/index.ts';
import { projectTables, writeProjectSnapshot } from '#modules/registries/projects/index.ts';
import { getRuleLibrary } from '../rule-catalogue/index.ts';
import type { RunInput } from './run-store.ts';

export interface RunTables {
  datasets: Record<string, DatasetSource>;
  counties: readonly string[];
  inputs: RunInput[];
}

/** Makes registry, policy and datasets readable for the rules, and says exactly what they are. */
export async function openRunTables(connection: RuleConnection, actor: Actor, asOf: string, folder: string, chosen: readonly ChosenDelivery[], open: readonly OpenDataset[]): Promise<RunTables> {
  const library = await getRuleLibrary();
  const snapshot = await writeRegistrySnapshot(actor, asOf, folder);
  const funds = await writeFundSnapshot(actor, asOf, folder);
  const projects = await writeProjectSnapshot(actor, asOf, folder);
  const help = await writeHelpSnapshot(actor, asOf, folder);
  const notices = await writeNoticeSnapshot(actor, asOf, folder);
  // A city's or province's own book lies in no county: its money is checked too.
  const counties = [...new Set([...snapshot.counties, ...funds.counties, ...projects.counties])].sort();
  const policy = await inTransaction(actor, (trx) => readPolicySnapshot(trx, counties));
  const load = (table: 'households' | 'persons' | 'enrolments') => loadRegistryFile(connection, table, snapshot.files[table]);
  const registry: Record<RegistryTableName, TableSource> = {
    households: await load('households'),
    persons: await load('persons'),
    enrolments: await load('enrolments'),
    exclusive_programmes: { rows: policy.exclusive_programmes },
    policy_lines: { rows: policy.policy_lines },
    ...(await loadAll(connection, fundTables, funds.files)),
    ...(await loadAll(connection, projectTables, projects.files)),
    leaking_notices: await loadRegistryFile(connection, 'leaking_notices', notices.files.leaking_notices),
    identified_households: await loadRegistryFile(connection, 'identified_households', help.files.identified_households),
  };
  const datasets: Record<string, DatasetSource> = {};
  const inputs: RunInput[] = Object.entries({ ...snapshot.rows, ...funds.rows, ...projects.rows, ...help.rows, ...notices.rows }).map(([table, rows]) => ({ table, rows, versions: [] }));
  for (const dataset of open) {
    const { kind } = dataset;
    let { relation } = dataset;
    if (kind.matching.authorisationRequired) {
      const keys = await listAuthorisedPersonKeys(actor, kind.code, asOf);
      relation = await authorisedRelation(connection, kind, relation, keys);
      inputs.push({ table: `authorised:${kind.code}`, rows: keys.length, versions: [] });
    }
    datasets[kind.code] = { source: await composed(connection, { ...dataset, relation }, chosen), latestAsOf: dataset.latestAsOf };
  }
  await attachTables(connection, { registry, datasets }, library.datasetTables);
  await attachContext(connection, asOf);
  for (const { kind } of open) {
    const own = chosen.filter((delivery) => delivery.kind === kind.code);
    inputs.push({ table: kind.code, rows: own.reduce((sum, delivery) => sum + delivery.rows, 0), versions: own.map((delivery) => ({ id: delivery.deliveryId, asOf: delivery.asOf })) });
  }
  return { datasets, counties, inputs };
}

async function loadAll<Table extends RegistryTableName>(connection: RuleConnection, tables: readonly Table[], files: Record<Table, string>): Promise<Record<Table, TableSource>> {
  const loaded = {} as Record<Table, TableSource>;
  for (const table of tables) loaded[table] = await loadRegistryFile(connection, table, files[table]);
  return loaded;
}

/** Several deliveries are composed once for all rules; a single one is read where it lies. */
async function composed(connection: RuleConnection, dataset: OpenDataset, chosen: readonly ChosenDelivery[]): Promise<TableSource> {
  if (chosen.filter((delivery) => delivery.kind === dataset.kind.code).length <= 1) return { relation: dataset.relation };
  return composeOnce(connection, dataset.kind.code, dataset.relation);
}
