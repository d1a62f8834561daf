import { evidenceColumns } from './snapshot-tables.ts';

/** One row of `evidence.sql`. Dates are `YYYY-MM-DD`, money is fen. */
export interface EvidenceRow {
  readonly subjectId: string;
  readonly householdId: string | null;
  readonly personId: string | null;
  readonly countyCode: string;
  readonly regionCode: string;
  readonly period: string;
  readonly dataset: string;
  readonly deliveryId: string | null;
  readonly sourceRow: number | null;
  readonly fact: string;
  readonly observedOn: string | null;
  readonly amountFen: number | null;
  readonly detail: string | null;
}

export const evidenceColumnNames = Object.keys(evidenceColumns) as (keyof typeof evidenceColumns)[];

/** Subject and period come first, so that the rows of one finding follow each other. */
const orderedFirst = ['subject_id', 'period'] as const;

/** Wraps a rule's SQL so that both engines answer with text in one agreed order, byte for byte. */
export function orderedEvidenceSql(evidenceSql: string): string {
  const columns = evidenceColumnNames.map((name) => `CAST(evidence.${name} AS VARCHAR) AS ${name}`).join(', ');
  const order = [
    ...orderedFirst,
    ...evidenceColumnNames.filter((name) => !orderedFirst.some((first) => first === name)),
  ];
  const keys = order.map((name) => `${evidenceColumnNames.indexOf(name) + 1} ASC NULLS FIRST`);
  return `SELECT ${columns} FROM (${stripTrailingSemicolon(evidenceSql)}) AS evidence ORDER BY ${keys.join(', ')}`;
}

/** Reads a row as `orderedEvidenceSql` gives it. */
export function evidenceRowOf(cells: readonly (string | null)[]): EvidenceRow {
  const [subjectId, householdId, personId, countyCode, regionCode, period, dataset] = cells;
  const [deliveryId, sourceRow, fact, observedOn, amountFen, detail] = cells.slice(7);
  if (!subjectId || !dataset || !fact) throw new Error('A rule returned evidence without subject, dataset or fact');
  return {
    subjectId,
    householdId: householdId ?? null,
    personId: personId ?? null,
    countyCode: countyCode ?? '',
    regionCode: regionCode ?? '',
    period: period ?? '',
    dataset,
    deliveryId: deliveryId ?? null,
    sourceRow: numberOrNull(sourceRow),
    fact,
    observedOn: observedOn ?? null,
    amountFen: numberOrNull(amountFen),
    detail: detail ?? null,
  };
}

export function stripTrailingSemicolon(sql: string): string {
  return sql.trim().replace(/;$/, '');
}

function numberOrNull(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}
