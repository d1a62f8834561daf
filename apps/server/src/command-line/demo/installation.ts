import pg from 'pg';

/** What is known about this installation; written by its owner only. */
export interface Installation {
  get: (key: string) => string | undefined;
  set: (key: string, value: string) => Promise<void>;
  close: () => Promise<void>;
}

export async function openInstallation(ownerUrl: string): Promise<Installation> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ key: string; value: string }>('SELECT key, value FROM platform.installation');
  const facts = new Map(rows.map((row) => [row.key, row.value]));
  return {
    get: (key) => facts.get(key),
    set: async (key, value) => {
      await client.query('INSERT INTO platform.installation (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value, set_at = now()', [key, value]);
      facts.set(key, value);
    },
    close: () => client.end(),
  };
}
