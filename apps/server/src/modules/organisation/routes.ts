import * as spec from '@sunlit/api-spec';
import { ancestorsOf } from '@sunlit/kernel';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { handleList } from '#platform/http/list-route.ts';
import { listStaff, staffColumns } from './list-staff.ts';
import { createStaff, updateStaff } from './manage-staff.ts';
import { listPublicDivisions } from './public-divisions.ts';
import { findRegion, listChildren, listNeighboursInTime, regionNamer, searchRegions } from './region-store.ts';

export function registerOrganisationRoutes(app: FastifyInstance): void {
  handle(app, spec.listPublicDivisions, async ({ query }) => listPublicDivisions(query));
  handle(app, spec.listRegions, async ({ actor, query }) =>
    inTransaction(actor, async (trx) => {
      if (query.q) return { items: await searchRegions(trx, query.q, query.within ?? actor.regionCode, query.limit) };
      if (query.parent) return { items: (await listChildren(trx, query.parent)).slice(0, query.limit) };
      const own = await findRegion(trx, actor.regionCode);
      return { items: own ? [own] : [] };
    }),
  );
  handle(app, spec.getRegion, async ({ actor, params }) =>
    inTransaction(actor, async (trx) => {
      const region = await findRegion(trx, params.code);
      if (!region) throw new AppError('not-found');
      const name = await regionNamer();
      const { predecessors, successors } = await listNeighboursInTime(trx, params.code);
      const profile = await trx.selectFrom('organisation.village_profile').selectAll().where('region_code', '=', params.code).executeTakeFirst();
      return {
        ...region,
        ancestors: ancestorsOf(params.code).map(name),
        predecessors: predecessors.map(name),
        successors: successors.map(name),
        profile: profile ? { summary: profile.summary, updatedAt: profile.updated_at.toISOString() } : null,
      };
    }),
  );
  handle(app, spec.saveVillageProfile, async ({ actor, params, body }) => {
    authorize(actor, 'region.manage', { regionCode: params.code });
    return runCommand(actor, 'region.profile', { ...body, code: params.code } as typeof body, async (trx) => {
      if (!(await findRegion(trx, params.code))) throw new AppError('not-found');
      await sql`INSERT INTO organisation.village_profile (region_code, summary, updated_by) VALUES (${params.code}, ${body.summary}, ${actor.accountId})
        ON CONFLICT (region_code) DO UPDATE SET summary = excluded.summary, updated_at = now(), updated_by = excluded.updated_by`.execute(trx);
      await recordAudit(trx, actor, { action: 'region.profile', objectKind: 'region', objectId: params.code, regionCode: params.code });
      return { ok: true as const };
    });
  });
  handle(app, spec.listRoles, async ({ actor }) =>
    inTransaction(actor, async (trx) => ({
      items: (await trx.selectFrom('organisation.role').selectAll().orderBy('code').execute()).map((role) => ({ code: role.code, title: { zh: role.title_zh, en: role.title_en }, permissions: role.permissions })),
    })),
  );
  handle(app, spec.listDepartments, async ({ actor, locale }) =>
    inTransaction(actor, async (trx) => ({
      items: (await trx.selectFrom('organisation.department').select(['code', 'name']).orderBy('sort').execute()).map(({ code, name }) => ({ code, name: inWords(name, locale) })),
    })),
  );
  handleList(app, spec.listStaff, spec.exportStaff, { name: 'staff', read: listStaff, columns: staffColumns });
  handle(app, spec.createStaff, async ({ actor, body }) => createStaff(actor, body));
  handle(app, spec.updateStaff, async ({ actor, params, body }) => updateStaff(actor, params.id, body));
}
