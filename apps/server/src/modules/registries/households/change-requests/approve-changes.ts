import { createHash } from 'node:crypto';
import type { BodyOf, ResponseOf, approveChanges as endpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { AppError, messageOf } from '#platform/errors.ts';
import { inLocale } from '#platform/http/english.ts';
import type { Locale } from '#platform/http/locale.ts';
import { decideChange } from './decide-change.ts';

/** The command of one item, the same when the whole is sent again. */
function commandOf(commandId: string, id: string): string {
  const hash = createHash('sha256').update(`${commandId}:${id}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Small corrections of a village in one go: each is approved for itself, and what cannot be is told one by one. */
export async function approveChanges(actor: Actor, command: BodyOf<typeof endpoint>, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  const items: ResponseOf<typeof endpoint>['items'] = [];
  for (const id of command.ids) {
    try {
      const { state } = await decideChange(actor, id, { commandId: commandOf(command.commandId, id), action: 'approve', reason: '' });
      items.push({ id, state, problem: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      items.push({ id, state: null, problem: error.detail ? inLocale(error.detail, locale) : messageOf(error.code, locale) });
    }
  }
  return { items };
}
