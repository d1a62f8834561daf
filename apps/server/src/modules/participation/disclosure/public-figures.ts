import type { Localised, ResponseOf, getPublicFigures as endpoint } from '@sunlit/api-spec';
import { nationCode, parentRegionOf, regionLevelOf } from '@sunlit/kernel';
import { z } from 'zod';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { countHouseholdsByRegion } from '#modules/registries/households/index.ts';
import { countPublishableFindings, newestReleasedDay } from '#modules/supervision/cockpit/index.ts';
import { hiddenCells, type Cell } from './small-cells.ts';

/** Columns that no sum or difference ties to each other: from any two of them no third count follows. */
const columns: { code: 'households' | 'persons' | 'open' | 'owed' | 'notEntitled' | 'cleared'; title: Localised }[] = [
  { code: 'households', title: { zh: '登记户数', en: 'Households' } },
  { code: 'persons', title: { zh: '登记人数', en: 'People' } },
  { code: 'open', title: { zh: '正在核实的疑点', en: 'Findings being verified' } },
  { code: 'owed', title: { zh: '核实属实：应享未享', en: 'Confirmed: help that was owed' } },
  { code: 'notEntitled', title: { zh: '核实属实：不应享受', en: 'Confirmed: not entitled' } },
  { code: 'cleared', title: { zh: '核实后排除', en: 'Cleared after verification' } },
];

interface Published {
  asOf: string | null;
  synthetic: boolean;
  threshold: number;
  /** one tree per column, over the same divisions */
  trees: Map<string, Cell>[];
  hidden: Set<string>[];
  top: string;
}

const keepMilliseconds = 60_000;
let kept: { at: number; figures: Promise<Published> } | undefined;

/** After a test changed what the figures are made of. */
export function forgetPublicFigures(): void {
  kept = undefined;
}

function publishedFigures(): Promise<Published> {
  if (!kept || Date.now() - kept.at > keepMilliseconds) {
    const figures = computeFigures();
    kept = { at: Date.now(), figures };
    figures.catch(() => forgetPublicFigures());
  }
  return kept.figures;
}

/** Everything that is published, at once: what may be shown in one table depends on all the others. */
async function computeFigures(): Promise<Published> {
  return inTransaction(systemActor, async (trx) => {
    const policy = await findPolicy(trx, 'publication.small-cell', nationCode, today(), z.number().int().positive());
    if (!policy) throw new AppError('not-ready');
    const leaves = new Map<string, number[]>();
    const valuesOf = (code: string) => leaves.get(code) ?? leaves.set(code, columns.map(() => 0)).get(code)!;
    for (const row of await countHouseholdsByRegion(trx, nationCode, 9)) {
      const values = valuesOf(row.regionCode);
      values[0] = row.households;
      values[1] = row.persons;
    }
    for (const row of await countPublishableFindings(trx)) {
      const values = valuesOf(row.regionCode);
      [values[2], values[3], values[4], values[5]] = [row.open, row.owed, row.notEntitled, row.cleared];
    }
    const trees = columns.map((_, index) => treeOf(leaves, index));
    return {
      asOf: await newestReleasedDay(trx),
      synthetic: await isSynthetic(trx),
      threshold: policy.value,
      trees,
      hidden: trees.map((tree) => hiddenCells(tree.get(nationCode)!, policy.value)),
      top: topOf(trees[0]!.get(nationCode)!),
    };
  });
}

async function isSynthetic(trx: Trx): Promise<boolean> {
  return (await trx.selectFrom('platform.installation').select('key').where('key', '=', 'demo').executeTakeFirst()) !== undefined;
}

/** The divisions that have anything, from the nation down to the town. */
function treeOf(leaves: ReadonlyMap<string, readonly number[]>, column: number): Map<string, Cell> {
  const cells = new Map<string, Cell>([[nationCode, { code: nationCode, value: 0, children: [] }]]);
  const cellOf = (code: string): Cell => {
    const known = cells.get(code);
    if (known) return known;
    const cell: Cell = { code, value: 0, children: [] };
    cells.set(code, cell);
    cellOf(parentRegionOf(code) ?? nationCode).children.push(cell);
    return cell;
  };
  for (const [code, values] of [...leaves].sort(([a], [b]) => a.localeCompare(b))) {
    for (let at: string | undefined = code; at !== undefined; at = parentRegionOf(at)) cellOf(at).value += values[column]!;
  }
  return cells;
}

/** The smallest division that holds everything: where a reader without a choice of his own begins. */
function topOf(root: Cell): string {
  let cell = root;
  while (cell.children.length === 1 && regionLevelOf(cell.code) !== 'county') cell = cell.children[0]!;
  return cell.code;
}

/** Figures of a division and its children, never below the town; a village asked for shows its town. */
export async function getPublicFigures(asked: string | undefined): Promise<ResponseOf<typeof endpoint>> {
  const published = await publishedFigures();
  const name = await regionNamer();
  const wanted = asked ?? published.top;
  const code = regionLevelOf(wanted) === 'village' ? parentRegionOf(wanted)! : wanted;
  const parentCode = parentRegionOf(code);
  const value = (at: string, column: number): number | null => (published.hidden[column]!.has(at) ? null : (published.trees[column]!.get(at)?.value ?? 0));
  const values = (at: string) => columns.map((_, column) => value(at, column));
  const children = published.trees[0]!.get(code)?.children ?? [];
  return {
    region: name(code),
    parent: parentCode === undefined ? null : name(parentCode),
    synthetic: published.synthetic,
    asOf: published.asOf,
    threshold: published.threshold,
    columns,
    rows: children.map((child) => ({ region: name(child.code), hasChildren: child.children.length > 0, values: values(child.code) })),
    total: values(code),
  };
}
