import { createUuidTable } from '../duckdb/append-uuids.ts';
import { withDuckDb } from '../duckdb/with-duckdb.ts';

export interface RecordedFact {
  personKey: string;
  doubt: 'died' | 'in-custody';
  /** day of death, or since when in custody */
  day: string;
}

/** In whose name an account was when somebody last delivered it; names are pseudonyms. */
export interface AccountHolder {
  accountKey: string;
  holderNameKey: string;
  day: string;
}

/** What the departments' data hold about the payees of a batch. */
export interface PayeeData {
  facts: RecordedFact[];
  holders: AccountHolder[];
  /** paid already by whatever list, for the programme and months of the batch, in fen by person */
  paidFen: Map<string, number>;
}

export interface PayeeQuestion {
  personKeys: readonly string[];
  accountKeys: readonly string[];
  programmeCode: string;
  months: readonly string[];
  day: string;
}

export const nothingDelivered: PayeeData = { facts: [], holders: [], paidFen: new Map() };

const factQueries = {
  death: (relation: string) => `SELECT CAST(d.person_key AS VARCHAR), 'died', CAST(min(d.died_on) AS VARCHAR) FROM ${relation} AS d JOIN payees ON payees.key = d.person_key WHERE d.died_on <= CAST($1 AS DATE) GROUP BY d.person_key`,
  // community correction is served at home and changes no entitlement by itself
  custody: (relation: string) => `SELECT CAST(d.person_key AS VARCHAR), 'in-custody', CAST(min(d.from_date) AS VARCHAR) FROM ${relation} AS d JOIN payees ON payees.key = d.person_key
    WHERE d.custody_class IN ('prison', 'drug-rehabilitation') AND d.from_date <= CAST($1 AS DATE) AND (d.to_date IS NULL OR d.to_date > CAST($1 AS DATE)) GROUP BY d.person_key`,
};

const holderQuery = (relation: string) => `SELECT CAST(o.account_key AS VARCHAR), CAST(arg_max(o.account_holder_key, o.paid_on) AS VARCHAR), CAST(max(o.paid_on) AS VARCHAR)
  FROM ${relation} AS o JOIN accounts ON accounts.key = o.account_key WHERE o.account_holder_key IS NOT NULL AND o.paid_on <= CAST($1 AS DATE) AND coalesce(o.result, 'paid') = 'paid' GROUP BY o.account_key`;

// the same payment delivered twice is one payment
const paidQuery = (relation: string) => `SELECT CAST(payee_key AS VARCHAR), sum(amount_fen) FROM (SELECT DISTINCT o.payee_key, o.pay_month, o.paid_on, o.account_key, o.batch_number, o.amount_fen
  FROM ${relation} AS o JOIN payees ON payees.key = o.payee_key WHERE o.programme_code = $1 AND list_contains(string_split($2, ','), o.pay_month) AND o.paid_on <= CAST($3 AS DATE) AND coalesce(o.result, 'paid') = 'paid') AS p GROUP BY payee_key`;

const packed = (keys: readonly string[]) => Buffer.from([...new Set(keys)].join('').replaceAll('-', ''), 'hex');

/** Whom the departments' data say died or is in custody, in whose name the accounts are, and what was paid already. Opens no finding. */
export async function lookUpPayees(workFolder: string, datasets: readonly { code: string; relation: string }[], question: PayeeQuestion): Promise<PayeeData> {
  return withDuckDb({ workFolder, memoryLimitMiB: 512 }, async (connection) => {
    await createUuidTable(connection, 'payees', packed(question.personKeys));
    await createUuidTable(connection, 'accounts', packed(question.accountKeys));
    const read = async (query: string, values: string[]) => (await connection.run(query, values)).getRowsJS();
    const facts: RecordedFact[] = [];
    const holders: AccountHolder[] = [];
    const paidFen = new Map<string, number>();
    for (const { code, relation } of datasets) {
      if (code === 'death' || code === 'custody') {
        for (const [personKey, doubt, day] of await read(factQueries[code](relation), [question.day])) facts.push({ personKey: String(personKey), doubt: doubt as RecordedFact['doubt'], day: String(day) });
      }
      if (code !== 'payout') continue;
      for (const [accountKey, holderNameKey, day] of await read(holderQuery(relation), [question.day])) holders.push({ accountKey: String(accountKey), holderNameKey: String(holderNameKey), day: String(day) });
      for (const [personKey, fen] of await read(paidQuery(relation), [question.programmeCode, question.months.join(','), question.day])) paidFen.set(String(personKey), Number(fen));
    }
    return { facts, holders, paidFen };
  });
}
