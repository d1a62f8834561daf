import type { QueryOf, ResponseOf, listPublicDivisions as endpoint } from '@sunlit/api-spec';
import { nationCode, parentRegionOf, regionLevelOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { listChildren, regionNamer } from './region-store.ts';

const digits = [2, 4, 6];

/** Divisions that exist today, level by level, for a reader who says where they live. Begins where the installation works. */
export async function listPublicDivisions(query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const code = query.regionCode ?? (await commonDivision(async (length) => (await sql<{ code: string }>`SELECT DISTINCT left(region_code, ${length}) AS code FROM organisation.staff WHERE active AND right(region_code, 10) <> '0000000000' LIMIT 2`.execute(trx)).rows.map((row) => row.code)));
    const children = (await listChildren(trx, code)).filter((child) => child.validTo === null);
    const parent = parentRegionOf(code);
    return { region: name(code), isVillage: regionLevelOf(code) === 'village', parent: parent === undefined ? null : name(parent), items: children.map((child) => name(child.code)) };
  });
}

async function commonDivision(codesOf: (length: number) => Promise<string[]>): Promise<string> {
  let code = nationCode;
  for (const length of digits) {
    const codes = await codesOf(length);
    if (codes.length !== 1 || codes[0]!.endsWith('00')) break;
    code = codes[0]!.padEnd(12, '0');
  }
  return code;
}
