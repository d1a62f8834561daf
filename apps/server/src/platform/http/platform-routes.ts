import * as spec from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findRealNameProvider } from '../authentication/real-name-sign-in.ts';
import { getDatabase } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import { registry } from '../metrics/metrics.ts';
import { auditColumns, listAudit } from '../audit/list-audit.ts';
import { handle } from './endpoint-route.ts';
import { handleList } from './list-route.ts';
import { runCommand } from '../commands/run-command.ts';
import { recordAudit } from '../audit/record-audit.ts';

export interface Readiness {
  ready: boolean;
  step: string;
}

const personas = z.array(z.object({ userName: z.string(), password: z.string(), title: z.object({ zh: z.string(), en: z.string() }) }));

/** Health, metrics, OpenAPI, the task tray, the audit log and saved list views. */
export function registerPlatformRoutes(app: FastifyInstance, readiness: () => Readiness, system: { version: string; oidcEnabled: boolean } = { version: '0', oidcEnabled: false }): void {
  handle(app, spec.getHealth, async () => ({ status: 'ok' as const }));
  handle(app, spec.getReady, async ({ reply }) => {
    const state = readiness();
    if (!state.ready) void reply.code(503).header('retry-after', '2').type('application/json').serializer((value: unknown) => JSON.stringify(value));
    return state;
  });
  handle(app, spec.getSystem, async () => {
    const rows = await getDatabase().app.selectFrom('platform.installation').select(['key', 'value']).where('key', 'in', ['demo', 'demo-personas']).execute();
    const facts = new Map(rows.map((row) => [row.key, row.value]));
    return { ...system, realNameSignIn: (await findRealNameProvider()) !== undefined, readOnly: false, demo: facts.has('demo'), personas: personas.parse(JSON.parse(facts.get('demo-personas') ?? '[]')) };
  });
  app.get('/metrics', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger());

  const toTask = (row: { id: string; kind: string; title_key: string; state: string; progress: number | null; message: string | null; created_at: Date; finished_at: Date | null; link: string | null; cancel_requested: boolean }): spec.TaskView => ({
    id: row.id,
    kind: row.kind,
    title: row.title_key,
    state: row.state as spec.TaskView['state'],
    progress: row.progress,
    message: row.message,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    link: row.link,
    cancellable: (row.state === 'queued' || row.state === 'running') && !row.cancel_requested,
  });
  handle(app, spec.listTasks, async ({ actor }) =>
    inTransaction(actor, async (trx) => ({ items: (await trx.selectFrom('platform.task').selectAll().where('owner_id', '=', actor.accountId).orderBy('created_at', 'desc').limit(30).execute()).map(toTask) })),
  );
  handle(app, spec.getTask, async ({ actor, params }) =>
    inTransaction(actor, async (trx) => {
      const row = await trx.selectFrom('platform.task').selectAll().where('id', '=', params.id).executeTakeFirst();
      if (!row) throw new AppError('not-found');
      return toTask(row);
    }),
  );
  handle(app, spec.cancelTask, async ({ actor, params, body }) =>
    runCommand(actor, 'task.cancel', { ...body, id: params.id } as typeof body, async (trx) => {
      const row = await trx
        .updateTable('platform.task')
        .set({ cancel_requested: true })
        .where('id', '=', params.id)
        .where('state', 'in', ['queued', 'running'])
        .executeTakeFirst();
      if (row.numUpdatedRows === 0n) throw new AppError('wrong-state');
      await recordAudit(trx, actor, { action: 'task.cancel', objectKind: 'task', objectId: params.id });
      return { ok: true as const };
    }),
  );

  handleList(app, spec.listAudit, spec.exportAudit, { name: 'audit', read: listAudit, columns: auditColumns });

  handle(app, spec.listSavedViews, async ({ actor, query }) =>
    inTransaction(actor, async (trx) => ({ items: await trx.selectFrom('platform.saved_view').select(['id', 'name', 'query']).where('list', '=', query.list).where('owner_id', '=', actor.accountId).orderBy('created_at').execute() })),
  );
  handle(app, spec.saveView, async ({ actor, body }) =>
    runCommand(actor, 'saved-view.save', body, async (trx) => {
      const id = newId();
      await trx.insertInto('platform.saved_view').values({ id, owner_id: actor.accountId, list: body.list, name: body.name, query: body.query }).execute();
      await recordAudit(trx, actor, { action: 'saved-view.save', objectKind: 'saved-view', objectId: id });
      return { id };
    }),
  );
  handle(app, spec.deleteSavedView, async ({ actor, params }) =>
    inTransaction(actor, async (trx) => {
      await trx.deleteFrom('platform.saved_view').where('id', '=', params.id).execute();
      await recordAudit(trx, actor, { action: 'saved-view.delete', objectKind: 'saved-view', objectId: params.id });
      return { ok: true as const };
    }),
  );
}
