import type { BodyOf, withdrawFromMyFile as endpoint } from '@sunlit/api-spec';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { withdrawAuthorisation } from '#modules/registries/households/index.ts';
import { findHelperLetter, revokeWithin } from './code-letters.ts';
import { residentActor, self, type Visit } from './resident-actor.ts';

/** What a resident once allowed and takes back: their own signature, or that somebody reads for them. */
export async function withdraw(visit: Visit, command: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  if (visit.reader !== self) throw new AppError('not-permitted', '只有本人可以撤回。');
  if (command.what === 'authorisation') {
    return withdrawAuthorisation(residentActor(visit, ['authorisation.record']), command.subjectId, { commandId: command.commandId, on: today(), reason: '本人在“我的档案”中撤回' });
  }
  const actor = residentActor(visit);
  return runCommand(actor, 'my-file.revoke', command, async (trx) => {
    const letter = await findHelperLetter(trx, command.subjectId, visit.personId);
    if (!letter) throw new AppError('not-found');
    await revokeWithin(trx, actor, letter);
    return { ok: true as const };
  });
}
