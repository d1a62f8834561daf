import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { publisherSchema, type OpenContractingPublisher } from '../project-policy-kinds.ts';
import { publicCondition } from './process-rows.ts';

/** Who publishes the contracts of a division, by the prefixes it registered; undefined where nobody has set it. */
export async function findPublisher(trx: Trx, regionCode: string): Promise<OpenContractingPublisher | undefined> {
  return (await findPolicy(trx, 'open-contracting.publisher', regionCode, today(), publisherSchema))?.value;
}

/** A made-up prefix would be taken for a registered one elsewhere: without one nothing goes out. */
export async function getPublisher(trx: Trx, regionCode: string): Promise<OpenContractingPublisher> {
  const found = await findPublisher(trx, regionCode);
  if (!found) throw new AppError('wrong-state', '这个地区还没有设定公开合同数据的发布单位和登记前缀，暂不能按国际格式下载；项目和合同仍可在网页上查看。');
  return found;
}

/** Counties of a division with public projects and nobody who publishes for them: the file leaves them out, and says so. */
export async function listCountiesWithoutPublisher(trx: Trx, regionCode: string): Promise<string[]> {
  const range = regionRange(regionCode);
  const { rows } = await sql<{ county_code: string }>`SELECT DISTINCT p.county_code FROM projects.project p WHERE ${publicCondition} AND p.region_code >= ${range.from} AND p.region_code < ${range.to} ORDER BY 1`.execute(trx);
  const without: string[] = [];
  for (const { county_code } of rows) if (!(await findPublisher(trx, county_code))) without.push(county_code);
  return without;
}

/** The division whose publisher heads the file: the one asked for, else the widest that has set any; each entry bears its own county's prefixes. */
export async function publishingDivision(trx: Trx, asked: string | undefined): Promise<string> {
  if (asked) return asked;
  const { rows } = await sql<{ region_code: string }>`SELECT region_code FROM platform.policy_value WHERE code = 'open-contracting.publisher' AND valid_from <= ${today()}::date ORDER BY region_code LIMIT 1`.execute(trx);
  return rows[0]?.region_code ?? '000000000000';
}
