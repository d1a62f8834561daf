import type { QueryOf, ResponseOf, getPublicPlate as plateEndpoint, getPublicProject as projectEndpoint, listPublicProjects as listEndpoint, listPublisherGaps as gapsEndpoint } from '@sunlit/api-spec';
import { parentRegionOf, regionRange } from '@sunlit/kernel';
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import { z } from 'zod';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { openStoredFile } from '#platform/files/stored-files.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { listChildren, regionNamer } from '#modules/organisation/index.ts';
import { listAssetRows, type ListedAsset } from '../assets/view-assets.ts';
import { categoryTitle } from '../project-catalogue.ts';
import { stateTitle } from '../pool/project-workflow.ts';
import { loadProjectContext, projectItemOf, type ListedProject } from '../views/project-rows.ts';
import { findPublisher, listCountiesWithoutPublisher } from './open-contracting-publisher.ts';
import { publicCondition, readPublicProjects } from './process-rows.ts';
import { publicVendorName } from './public-vendor.ts';

type PublicAsset = ResponseOf<typeof plateEndpoint>['asset'];
type PublicProject = ResponseOf<typeof listEndpoint>['items'][number];
const mostAssets = 100;

/** Where a reader without a choice begins: the first county that has a project. */
async function startingPlace(trx: Trx): Promise<string> {
  const { rows } = await sql<{ code: string | null }>`SELECT min(p.region_code) AS code FROM projects.project p WHERE ${publicCondition}`.execute(trx);
  return rows[0]?.code ? `${rows[0].code.slice(0, 4)}00000000` : '000000000000';
}

/** What anybody may know of projects and assets of a place, down to the village: white-listed fields, no natural person. */
export async function listPublicProjects(query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const code = query.regionCode ?? (await startingPlace(trx));
    const range = regionRange(code);
    const after = readCursor(query.cursor);
    const words = (query.search ?? '').split(/\s+/u).filter(Boolean);
    const where = sql`${publicCondition} AND p.region_code >= ${range.from} AND p.region_code < ${range.to} ${sql.join(words.map((word) => sql`AND strpos(p.title || ' ' || p.number, ${word}) > 0`), sql` `)}`;
    const { rows } = await sql<ListedProject>`
      SELECT p.*, (SELECT coalesce(sum(c.value_fen), 0) FROM projects.contract c WHERE c.county_code = p.county_code AND c.project_id = p.id)::bigint AS contract_fen FROM projects.project p WHERE ${where}
      ${after ? sql`AND (p.published_on, p.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``} ORDER BY p.published_on DESC, p.id DESC LIMIT ${query.limit + 1}`.execute(trx);
    const { rows: counted } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM projects.project p WHERE ${where} LIMIT ${countCap}) c`.execute(trx);
    const context = await loadProjectContext(trx, rows, today());
    const { items, nextCursor, total } = page(rows, query.limit, (row) => [row.published_on, row.id], counted[0]?.count ?? 0, (row) => publicItem(context, row));
    const parent = parentRegionOf(code);
    const assets = await listAssetRows(trx, { regionCode: code, search: query.search }, undefined, mostAssets);
    return { region: name(code), parent: parent === undefined ? null : name(parent), children: (await listChildren(trx, code)).map((child) => name(child.code)), items, nextCursor, total, assets: await publicAssets(trx, code, assets), openContracting: (await findPublisher(trx, code)) !== undefined, withoutPublisher: (await listCountiesWithoutPublisher(trx, code)).map((county) => name(county)) };
  });
}

/** For whoever can put it right: which counties below the own division nobody publishes for. */
export async function listPublisherGaps(actor: Actor): Promise<ResponseOf<typeof gapsEndpoint>> {
  authorize(actor, 'policy.propose');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => ({ items: (await listCountiesWithoutPublisher(trx, actor.regionCode)).map((county) => name(county)) }));
}

function publicItem(context: Awaited<ReturnType<typeof loadProjectContext>>, row: ListedProject): PublicProject {
  const item = projectItemOf(context, row);
  return {
    id: item.id,
    number: item.number,
    title: withoutPersonalData(item.title),
    place: item.region,
    category: categoryTitle(row.category_code),
    state: stateTitle(row.state),
    fiscalYear: item.fiscalYear,
    budgetFen: item.budgetFen,
    contractFen: item.contractFen,
    paidFen: item.paidFen,
    physicalPercent: item.physicalPercent,
    finishBy: item.finishBy,
    publishedUntil: row.state === 'published' ? row.published_until : null,
  };
}

/** Shares of few households would tell about each of them: then neither their number nor their sum is shown. */
async function publicAssets(trx: Trx, regionCode: string, rows: readonly ListedAsset[]): Promise<PublicAsset[]> {
  const small = await findPolicy(trx, 'publication.small-cell', regionCode, today(), z.number().int().positive());
  const ids = rows.map((row) => row.id);
  const { rows: shares } = await sql<{ asset_id: string; households: number; least: number }>`
    SELECT d.asset_id, count(DISTINCT s.household_id)::int AS households, min(d.households)::int AS least FROM projects.distribution d JOIN projects.household_share s ON s.county_code = d.county_code AND s.distribution_id = d.id
    WHERE d.asset_id = ANY (${ids}::uuid[]) AND d.state = 'paid' GROUP BY 1`.execute(trx);
  const { rows: leases } = await sql<{ asset_id: string; credit_code: string; name: string; id: string }>`
    SELECT DISTINCT ON (l.asset_id) l.asset_id, v.id, v.credit_code, v.name FROM projects.lease l JOIN projects.vendor v ON v.county_code = l.county_code AND v.id = l.vendor_id
    WHERE l.asset_id = ANY (${ids}::uuid[]) AND l.start_on <= ${today()}::date AND coalesce(l.ended_on, l.end_on) >= ${today()}::date ORDER BY l.asset_id, l.start_on DESC`.execute(trx);
  return rows
    // what belongs to one household is that household's own matter
    .filter((row) => row.class_code !== 'household' && row.owner_kind !== 'household')
    .map((row) => {
      const shared = shares.find((one) => one.asset_id === row.id);
      const lease = leases.find((one) => one.asset_id === row.id);
      const hidden = shared !== undefined && (small === undefined || shared.least < small.value);
      return {
        title: withoutPersonalData(row.title),
        class: row.class_code,
        state: row.state,
        originalFen: row.original_fen,
        owner: row.owner_name,
        operator: withoutPersonalData(row.operator_name),
        lessee: lease ? publicVendorName(lease) : null,
        dueFen: row.due,
        receivedFen: row.received,
        distributedFen: hidden ? null : row.distributed,
        households: hidden ? null : (shared?.households ?? 0),
        platePath: `/plates/${row.plate_token}`,
      };
    });
}

export async function getPublicProject(id: string): Promise<ResponseOf<typeof projectEndpoint>> {
  return inTransaction(systemActor, async (trx) => {
    const [found] = await readPublicProjects(trx, { id }, 1);
    if (!found) throw new AppError('not-found');
    const { project } = found;
    const given = found.processes.flatMap(({ tender, contracts: own }) => own.map((one) => ({ one, method: tender?.method_code ?? ('direct' as const), reason: tender ? tender.method_reason : one.direct_reason })));
    const contracts = given.map(({ one }) => one);
    const row: ListedProject = { ...project, contract_fen: contracts.reduce((sum, one) => sum + one.value_fen, 0) };
    const small = await findPolicy(trx, 'publication.small-cell', project.region_code, today(), z.number().int().positive());
    const targets = await trx.selectFrom('projects.target').selectAll().where('project_id', '=', id).orderBy('ordinal').execute();
    const photos = await trx.selectFrom('projects.document').select(['id', 'caption']).where('project_id', '=', id).where('public_state', '=', 'approved').orderBy('added_at').limit(30).execute();
    return {
      ...publicItem(await loadProjectContext(trx, [row], today()), row),
      works: withoutPersonalData(project.works),
      mechanism: withoutPersonalData(project.mechanism),
      responsibleUnit: withoutPersonalData(project.responsible_unit),
      startOn: project.started_on ?? project.start_on,
      completedOn: project.completed_on,
      households: small !== undefined && project.households >= small.value ? project.households : null,
      targets: targets.map((one) => ({ title: one.title, unit: one.unit, target: one.target_thousandths / 1000, actual: one.actual_thousandths === null ? null : one.actual_thousandths / 1000 })),
      contracts: given.map(({ one, method, reason }) => ({ title: withoutPersonalData(one.title), vendor: publicVendorName(one.vendor), method, methodReason: reason === null ? null : withoutPersonalData(reason), valueFen: one.value_fen, paidFen: one.payments.reduce((sum, { amountFen }) => sum + amountFen, 0), signedOn: one.signed_on, finishBy: one.finish_by })),
      photos: photos.map((one) => ({ id: one.id, caption: one.caption ?? '' })),
      assets: await publicAssets(trx, project.region_code, await listAssetRows(trx, { projectId: id }, undefined, mostAssets)),
      openContracting: (await findPublisher(trx, project.region_code)) !== undefined,
    };
  });
}

/** Only the stripped copy of a picture that is released now, of a project that is public. */
export async function openPublicPhoto(id: string): Promise<Readable> {
  return inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<{ public_file_id: string }>`SELECT d.public_file_id FROM projects.document d JOIN projects.project p ON p.county_code = d.county_code AND p.id = d.project_id WHERE d.id = ${id} AND d.public_state = 'approved' AND ${publicCondition}`.execute(trx);
    if (!rows[0]) throw new AppError('not-found');
    return (await openStoredFile(trx, rows[0].public_file_id)).stream;
  });
}

export async function getPublicPlate(token: string): Promise<ResponseOf<typeof plateEndpoint>> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const rows = await listAssetRows(trx, { plate: token }, undefined, 1);
    const [asset] = await publicAssets(trx, rows[0]?.region_code ?? '000000000000', rows);
    const row = rows[0];
    if (!asset || !row) throw new AppError('not-found');
    const { rows: projects } = await sql<{ id: string; title: string }>`SELECT p.id, p.title FROM projects.project p WHERE p.id = ${row.project_id} AND ${publicCondition}`.execute(trx);
    return { asset, place: name(row.region_code), project: projects[0] ? { id: projects[0].id, title: withoutPersonalData(projects[0].title) } : null };
  });
}
