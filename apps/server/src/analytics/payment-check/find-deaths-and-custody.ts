import { createUuidTable } from '../duckdb/append-uuids.ts';
import { withDuckDb } from '../duckdb/with-duckdb.ts';

export interface RecordedFact {
  personKey: string;
  doubt: 'died' | 'in-custody';
  /** day of death, or since when in custody */
  day: string;
}

const queries = {
  death: (relation: string) => `SELECT CAST(d.person_key AS VARCHAR), 'died', CAST(min(d.died_on) AS VARCHAR) FROM ${relation} AS d JOIN payees ON payees.key = d.person_key WHERE d.died_on <= CAST($1 AS DATE) GROUP BY d.person_key`,
  // community correction is served at home and changes no entitlement by itself
  custody: (relation: string) => `SELECT CAST(d.person_key AS VARCHAR), 'in-custody', CAST(min(d.from_date) AS VARCHAR) FROM ${relation} AS d JOIN payees ON payees.key = d.person_key
    WHERE d.custody_class IN ('prison', 'drug-rehabilitation') AND d.from_date <= CAST($1 AS DATE) AND (d.to_date IS NULL OR d.to_date > CAST($1 AS DATE)) GROUP BY d.person_key`,
};

/** Whom of these people the departments' data say died, or are in custody, on a day. Opens no finding. */
export async function findDeathsAndCustody(workFolder: string, datasets: readonly { code: string; relation: string }[], personKeys: readonly string[], day: string): Promise<RecordedFact[]> {
  return withDuckDb({ workFolder, memoryLimitMiB: 512 }, async (connection) => {
    await createUuidTable(connection, 'payees', Buffer.from([...new Set(personKeys)].join('').replaceAll('-', ''), 'hex'));
    const facts: RecordedFact[] = [];
    for (const { code, relation } of datasets) {
      if (code !== 'death' && code !== 'custody') continue;
      for (const [personKey, doubt, on] of await (await connection.run(queries[code](relation), [day])).getRowsJS()) facts.push({ personKey: String(personKey), doubt: doubt as RecordedFact['doubt'], day: String(on) });
    }
    return facts;
  });
}
