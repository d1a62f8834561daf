import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { QueryOf, exportHouseholds as exportEndpoint } from '@sunlit/api-spec';
import { formatYuan, maskIdCardNumber, maskPhoneNumber, regionRange } from '@sunlit/kernel';
import { writeXlsxStream } from 'hucre/xlsx';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { labelOf, type DictionaryCode } from '#platform/configuration/dictionaries.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { ancestorsOf } from '@sunlit/kernel';
import { regionNamer } from '#modules/organisation/index.ts';
import { nameFor } from '../household-view.ts';
import { exportedHashes } from './exported-hashes.ts';
import { safeText } from './marked-file.ts';

const titles: string[] = [
  '县', '乡', '村', '村代码', '户编号', '姓名', '证件类型', '证件号码', '性别', '民族', '出生日期', '与户主关系', '户联系电话', '户类型', '监测对象类别', '识别监测时间', '文化程度', '在校生状况', '健康状况', '劳动技能',
  '是否参加城乡居民基本医疗保险', '是否参加城镇职工基本医疗保险', '享受待遇', '工资性收入', '生产经营性收入', '财产性收入', '转移性收入', '生产经营性支出', '人均纯收入（元）', '收入年度', '住址', '开户银行', '银行账号',
];
const monitored = new Set(['unstable', 'marginal', 'sudden']);
const pageHouseholds = 1000;

interface ExportRow {
  version: number;
  region: string;
  number: string;
  household_id: string;
  name: string;
  document_type: string | null;
  id_number_enc: Buffer | null;
  sex_code: string | null;
  ethnicity: string | null;
  birth_date: string | null;
  relation_code: string;
  phone_enc: Buffer | null;
  status_code: string;
  status_from: string | null;
  education_code: string | null;
  student_code: string | null;
  health_enc: Buffer | null;
  labour_code: string | null;
  resident_medical_insured: boolean | null;
  employee_medical_insured: boolean | null;
  programmes: string[] | null;
  year: number | null;
  wage_fen: number | null;
  business_fen: number | null;
  property_fen: number | null;
  transfer_fen: number | null;
  cost_fen: number | null;
  per_capita_fen: number | null;
  address_enc: Buffer | null;
  bank_name: string | null;
  account_enc: Buffer | null;
}

export interface HouseholdExport {
  fileName: string;
  mediaType: string;
  content: Readable;
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Households in the template they are imported with, recorded with its purpose before the first row leaves. Masked for
 * reading, as CSV; whole for those who may unmask, as a workbook of text cells: a spreadsheet opening CSV takes identity
 * numbers for numbers and loses their last digits.
 */
export async function exportHouseholds(actor: Actor, query: QueryOf<typeof exportEndpoint>): Promise<HouseholdExport> {
  const scope = query.regionCode ?? actor.regionCode;
  authorize(actor, 'household.export', { regionCode: scope });
  const whole = query.numbers === 'whole';
  if (whole) authorize(actor, 'person.unmask', { regionCode: scope });
  await inTransaction(actor, (trx) =>
    recordAudit(trx, actor, { action: 'household.export', objectKind: 'region', objectId: scope, regionCode: scope, reason: query.purpose, details: { changedSince: query.changedSince ?? null, numbers: query.numbers } }),
  );
  const rows = rowsOf(actor, scope, query.changedSince, whole);
  if (!whole) return { fileName: 'households.csv', mediaType: 'text/csv; charset=utf-8', content: Readable.from(csvLines(rows), { objectMode: false }) };
  const workbook = writeXlsxStream(withTitles(rows), { name: '户和人' });
  return { fileName: 'households.xlsx', mediaType: workbookType, content: Readable.fromWeb(workbook as ReadableStream) };
}

async function* csvLines(rows: AsyncIterable<string[]>): AsyncGenerator<string> {
  yield `\uFEFF${titles.join(',')}\r\n`;
  for await (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`;
}

async function* withTitles(rows: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  yield titles;
  yield* rows;
}

async function* rowsOf(actor: Actor, scope: string, changedSince: string | undefined, whole: boolean): AsyncGenerator<string[]> {
  const nameOf = await regionNamer();
  const note = whole ? await exportedHashes(actor, titles) : undefined;
  let after: { region: string; number: string } | undefined;
  for (;;) {
    const page = await readPage(actor, scope, changedSince, after);
    if (page.length === 0) return;
    const last = page.at(-1)!;
    after = { region: last.region, number: last.number };
    const cells = page.map((row) => cellsOf(actor, row, (code) => nameOf(code).name, whole));
    if (note) {
      const byHousehold = Map.groupBy(page.map((row, index) => ({ row, cells: cells[index]! })), ({ row }) => row.household_id);
      await note([...byHousehold].map(([id, members]) => ({ id, version: members[0]!.row.version, rows: members.map((member) => member.cells) })));
    }
    yield* cells;
  }
}

async function readPage(actor: Actor, scope: string, changedSince: string | undefined, after: { region: string; number: string } | undefined): Promise<ExportRow[]> {
  const { from, to } = regionRange(scope);
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<ExportRow>`
      WITH chosen AS (
        SELECT * FROM households.household h WHERE h.ended_on IS NULL AND h.responsible_region_code >= ${from} AND h.responsible_region_code < ${to}
          ${changedSince ? sql`AND h.changed_at >= ${changedSince}::date` : sql``}
          ${after ? sql`AND (h.responsible_region_code, h.number) > (${after.region}, ${after.number})` : sql``}
        ORDER BY h.responsible_region_code, h.number LIMIT ${pageHouseholds})
      SELECT h.version, h.responsible_region_code AS region, h.number, h.id AS household_id, h.phone_enc, h.status_code, h.status_from, h.address_enc, h.bank_name, h.account_enc,
        p.name, p.document_type, p.id_number_enc, p.sex_code, p.ethnicity, p.birth_date, m.relation_code,
        f.labour_code, f.student_code, f.education_code, f.health_enc, f.resident_medical_insured, f.employee_medical_insured,
        i.year, i.wage_fen, i.business_fen, i.property_fen, i.transfer_fen, i.cost_fen, i.per_capita_fen,
        (SELECT array_agg(e.programme_code ORDER BY e.programme_code) FROM households.enrolment e WHERE e.household_id = h.id AND e.person_id = p.id AND e.superseded_at IS NULL AND e.valid_to IS NULL) AS programmes
      FROM chosen h
      JOIN households.membership m ON m.household_id = h.id AND m.superseded_at IS NULL AND m.valid_to IS NULL
      JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
      LEFT JOIN households.person_fact f ON f.person_id = p.id AND f.superseded_at IS NULL AND f.valid_to IS NULL
      LEFT JOIN LATERAL (SELECT * FROM households.income i WHERE i.household_id = h.id AND i.superseded_at IS NULL ORDER BY i.year DESC, i.rank LIMIT 1) i ON true
      ORDER BY h.responsible_region_code, h.number, m.relation_code, p.id`.execute(trx);
    return rows;
  });
}

function cellsOf(actor: Actor, row: ExportRow, nameOf: (code: string) => string, whole: boolean): string[] {
  const label = (dictionary: DictionaryCode, code: string | null) => (code === null ? '' : labelOf(dictionary, code, 'zh-CN'));
  const yes = (value: boolean | null) => (value === null ? '' : value ? '是' : '否');
  const yuan = (fen: number | null) => (fen === null ? '' : formatYuan(fen).replaceAll(',', ''));
  const [county, town] = ancestorsOf(row.region).slice(3);
  const id = decryptOptional('id-number', row.id_number_enc);
  const phone = decryptOptional('phone', row.phone_enc);
  const account = decryptOptional('bank-account', row.account_enc);
  const health = decryptOptional('health', row.health_enc);
  // Free text may hold a number that nobody expects there.
  const shown = (text: string | null) => (text === null ? '' : whole ? text : withoutPersonalData(text));
  const special = monitored.has(row.status_code);
  return [
    county ? nameOf(county) : '', town ? nameOf(town) : '', nameOf(row.region), row.region, row.number, nameFor(actor, row.name), label('document', row.document_type), id ? (whole ? id : maskIdCardNumber(id)) : '',
    label('sex', row.sex_code), row.ethnicity ?? '', row.birth_date ?? '', label('relation', row.relation_code), phone ? (whole ? phone : maskPhoneNumber(phone)) : '',
    special ? '' : label('household-status', row.status_code), special ? label('household-status', row.status_code) : '', row.status_from ?? '',
    label('education', row.education_code), label('student', row.student_code), health ? health.split(',').map((code) => label('health', code)).join('、') : '', label('labour', row.labour_code),
    yes(row.resident_medical_insured), yes(row.employee_medical_insured), (row.programmes ?? []).map((code) => label('programme', code)).join('、'),
    yuan(row.wage_fen), yuan(row.business_fen), yuan(row.property_fen), yuan(row.transfer_fen), yuan(row.cost_fen), yuan(row.per_capita_fen), row.year === null ? '' : String(row.year),
    shown(decryptOptional('address', row.address_enc)), shown(row.bank_name), account ? (whole ? account : `****${account.slice(-4)}`) : '',
  ];
}

function csvCell(text: string): string {
  const safe = safeText(text);
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
