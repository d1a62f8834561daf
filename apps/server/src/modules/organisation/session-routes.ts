import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { getAuth } from '#platform/authentication/auth.ts';
import { endSessionsOf } from '#platform/authentication/accounts.ts';
import { confirmOneTimeCode, copyCookies, signInWithPassword } from '#platform/authentication/sign-in.ts';
import { findActor, type Actor } from '#platform/authorization/actor.ts';
import { isSecondFactorEnforced } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import type { Locale } from '#platform/http/locale.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { toHeaders } from '#platform/http/create-app.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { regionNamer } from './region-store.ts';

export function registerSessionRoutes(app: FastifyInstance): void {
  handle(app, spec.signIn, async ({ request, reply, body }) => {
    const next = await signInWithPassword(request, reply, body.userName, body.password);
    return { next };
  });
  handle(app, spec.confirmTotp, async ({ request, reply, body }) => {
    await confirmOneTimeCode(request, reply, body.code);
    return { next: 'signed-in' as const };
  });
  handle(app, spec.getSession, async ({ actor, locale }) => viewOf(actor, locale));
  handle(app, spec.signOut, async ({ request, reply }) => {
    copyCookies(await getAuth().api.signOut({ headers: toHeaders(request.headers), asResponse: true }), reply);
    return { ok: true as const };
  });
  handle(app, spec.listSessions, async ({ request }) => {
    const headers = toHeaders(request.headers);
    const [sessions, current] = await Promise.all([getAuth().api.listSessions({ headers }), getAuth().api.getSession({ headers })]);
    return {
      items: sessions.map((session) => ({
        id: session.id,
        createdAt: new Date(session.createdAt).toISOString(),
        expiresAt: new Date(session.expiresAt).toISOString(),
        userAgent: session.userAgent ?? null,
        current: session.id === current?.session.id,
      })),
    };
  });
  handle(app, spec.signOutEverywhere, async ({ actor }) => {
    await endSessionsOf(actor.accountId);
    await runCommand(actor, 'session.end-all', { commandId: newId() }, async (trx) => {
      await recordAudit(trx, actor, { action: 'session.end-all', objectKind: 'staff', objectId: actor.accountId });
      return { ok: true as const };
    });
    return { ok: true as const };
  });
  handle(app, spec.beginTotp, async ({ request, body }) => {
    const result = await getAuth()
      .api.enableTwoFactor({ body: { password: body.password }, headers: toHeaders(request.headers) })
      .catch(() => undefined);
    if (!result || !('totpURI' in result)) throw new AppError('sign-in-failed');
    return { totpUri: result.totpURI, backupCodes: result.backupCodes };
  });
  handle(app, spec.finishTotp, async ({ actor, request, reply, body }) => {
    await confirmOneTimeCode(request, reply, body.code);
    await runCommand(actor, 'session.totp', { commandId: newId() }, async (trx) => {
      await trx.updateTable('organisation.staff').set({ totp_enabled: true }).where('id', '=', actor.accountId).execute();
      await recordAudit(trx, actor, { action: 'session.totp', objectKind: 'staff', objectId: actor.accountId });
      return { ok: true as const };
    });
    return { ok: true as const };
  });
  handle(app, spec.changePassword, async ({ actor, request, reply, body }) => {
    const response = await getAuth()
      .api.changePassword({ body: { currentPassword: body.currentPassword, newPassword: body.newPassword, revokeOtherSessions: true }, headers: toHeaders(request.headers), asResponse: true })
      .catch(() => undefined);
    if (!response?.ok) throw new AppError('sign-in-failed');
    copyCookies(response, reply);
    return runCommand(actor, 'session.password', { commandId: body.commandId }, async (trx) => {
      await recordAudit(trx, actor, { action: 'session.password', objectKind: 'staff', objectId: actor.accountId });
      return { ok: true as const };
    });
  });
}

async function viewOf(actor: Actor, locale: Locale): Promise<spec.SessionView> {
  const fresh = (await findActor(actor.accountId)) ?? actor;
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const roles = fresh.roles.length > 0 ? await trx.selectFrom('organisation.role').selectAll().where('code', 'in', [...fresh.roles]).execute() : [];
    const department = fresh.departmentCode ? await trx.selectFrom('organisation.department').select(['code', 'name']).where('code', '=', fresh.departmentCode).executeTakeFirst() : undefined;
    return {
      accountId: fresh.accountId,
      userName: fresh.userName,
      displayName: fresh.displayName,
      roles: roles.map((role) => ({ code: role.code, title: { zh: role.title_zh, en: role.title_en } })),
      permissions: [...fresh.permissions],
      region: name(fresh.regionCode),
      department: department ? { code: department.code, name: inWords(department.name, locale) } : null,
      totpEnabled: fresh.totpEnabled,
      totpRequired: isSecondFactorEnforced() && fresh.totpRequired,
    };
  });
}
