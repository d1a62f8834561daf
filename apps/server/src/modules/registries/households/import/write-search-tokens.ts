import type { PoolClient } from 'pg';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { formerMembers, formerMembersQuery } from '../dated-values/read-dated-values.ts';
import { householdTokens } from '../search-tokens.ts';
import { copyLine, copyLines } from './copy-rows.ts';

const chunk = 4000;

/** Gathers the tokens of new households; they are sorted before they are written, which spares the index most of the work. */
export class TokenStage {
  readonly #client: PoolClient;
  #lines: string[] = [];

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async open(): Promise<void> {
    await this.#client.query(`CREATE TEMP TABLE staged_token (token text COLLATE "C", region text COLLATE "C", county text COLLATE "C", household_id uuid) ON COMMIT DROP`);
  }

  add(place: { household: string; region: string; county: string }, household: Parameters<typeof householdTokens>[0]): void {
    for (const token of householdTokens(household)) this.#lines.push(copyLine([token, place.region, place.county, place.household]));
  }

  async flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    await copyLines(this.#client, 'staged_token', 'token, region, county, household_id', lines);
  }

  /** Tokens of new households cannot be there yet; looking for them would cost as much as writing them. */
  async write(options: { mayExist: boolean } = { mayExist: false }): Promise<void> {
    await this.flush();
    await this.#client.query(`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id)
      SELECT token, region, county, household_id FROM staged_token ORDER BY token, region, household_id ${options.mayExist ? 'ON CONFLICT DO NOTHING' : ''}`);
    await this.#client.query('TRUNCATE staged_token');
  }

  /** Makes the tokens of households anew from what is registered now. The token table has no index by household: one pass takes all stale ones. */
  async replace(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (let start = 0; start < ids.length; start += chunk) {
      const part = ids.slice(start, start + chunk);
      const former = formerMembers((await this.#client.query(formerMembersQuery, [part])).rows);
      const { rows } = await this.#client.query<{ id: string; number: string; region: string; county: string; members: { name: string; key: string | null; id_number: string | null }[] }>(
        `SELECT h.id, h.number, h.responsible_region_code AS region, h.county_code AS county,
           json_agg(json_build_object('name', p.name, 'key', p.person_key, 'id_number', encode(p.id_number_enc, 'base64'))) AS members
         FROM households.household h JOIN households.membership m ON m.household_id = h.id AND m.superseded_at IS NULL AND m.valid_to IS NULL
         JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code WHERE h.id = ANY ($1::uuid[]) GROUP BY h.county_code, h.id`,
        [part],
      );
      for (const row of rows) {
        const members = row.members.map(({ name, key, id_number: cipher }) => ({ name, personKey: key, lastFour: cipher ? (decryptOptional('id-number', Buffer.from(cipher, 'base64'))?.slice(-4) ?? null) : null }));
        this.add({ household: row.id, region: row.region, county: row.county }, { number: row.number, members: [...members, ...(former.get(row.id) ?? [])] });
      }
      await this.flush();
    }
    await this.#client.query(
      `DELETE FROM households.search_token t USING unnest($1::uuid[]) AS c (id) WHERE t.household_id = c.id
       AND NOT EXISTS (SELECT 1 FROM staged_token s WHERE s.token = t.token AND s.region = t.responsible_region_code AND s.household_id = t.household_id)`,
      [ids],
    );
    await this.write({ mayExist: true });
  }
}
