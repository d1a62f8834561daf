import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { columnOf, sectionForms, tableOf, type SectionField, type SectionForm, type SectionValue } from './section-forms.ts';

/** One source's word on one field. */
export interface Statement {
  section: SectionForm;
  field: SectionField;
  personId: string | null;
  value: SectionValue;
  source: string;
  observedOn: string;
}

type WideRow = Record<string, unknown> & { person_id: string | null; source: string; observed_on: string };

/** Everything that sources said of a household's sections up to a day, as known at a moment; the latest word of each source. */
export async function listSectionStatements(trx: Trx, householdId: string, asOf: string, knownAt: Date): Promise<Statement[]> {
  const known = sql`household_id = ${householdId} AND observed_on <= ${asOf}::date AND recorded_at <= ${knownAt} AND (superseded_at IS NULL OR superseded_at > ${knownAt})`;
  const latest = new Map<string, Statement>();
  const add = (statement: Statement): void => void latest.set([statement.section.code, statement.field.code, statement.personId, statement.source].join('|'), statement);
  for (const section of sectionForms()) {
    const { rows } = await sql<WideRow>`SELECT * FROM households.${sql.raw(tableOf(section))} WHERE ${known} ORDER BY observed_on, recorded_at`.execute(trx);
    for (const row of rows) {
      for (const field of section.fields) {
        const value = row[columnOf(field)] as SectionValue | undefined;
        if (value !== null && value !== undefined) add({ section, field, personId: row.person_id, value: field.kind === 'number' ? Number(value) : value, source: row.source, observedOn: row.observed_on });
      }
    }
  }
  const { rows } = await sql<{ section_code: string; field_code: string; person_id: string | null; value_enc: Buffer | null; source: string; observed_on: string }>`
    SELECT section_code, field_code, person_id, value_enc, source, observed_on FROM households.field_exception WHERE ${known} ORDER BY observed_on, recorded_at`.execute(trx);
  for (const row of rows) {
    const section = sectionForms().find(({ code }) => code === row.section_code);
    const field = section?.fields.find(({ code }) => code === row.field_code);
    if (section && field) add({ section, field, personId: row.person_id, value: JSON.parse(decryptOptional('section-field', row.value_enc) ?? 'null') as SectionValue, source: row.source, observedOn: row.observed_on });
  }
  return [...latest.values()];
}

export interface ResolvedField extends Statement {
  /** sources that say something else */
  others: Statement[];
}

/** One value per field: of the source that is believed first; what others say instead stands beside it. */
export function resolveStatements(statements: readonly Statement[], authorityOf: (section: SectionForm, field: SectionField) => readonly string[]): ResolvedField[] {
  const groups = Map.groupBy(statements, ({ section, field, personId }) => `${section.code}|${field.code}|${personId ?? ''}`);
  return [...groups.values()].map((own) => {
    const order = authorityOf(own[0]!.section, own[0]!.field);
    const rank = ({ source }: Statement): number => {
      const place = order.indexOf(source);
      return place < 0 ? order.length : place;
    };
    const [first, ...others] = own.toSorted((left, right) => rank(left) - rank(right) || right.observedOn.localeCompare(left.observedOn));
    return { ...first!, others: others.filter(({ value }) => value !== first!.value) };
  });
}
