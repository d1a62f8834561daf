import type { BodyOf, recordProjectVote as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import type { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { voteSchema } from '../project-policy-kinds.ts';
import { getProjectRow } from './project-store.ts';

export type Vote = Omit<BodyOf<typeof endpoint>, 'commandId'>;
export type VoteSubject = 'project' | 'lease' | 'distribution' | 'disposal';

/** Whether a meeting was large enough and carried it, by the law's shares. */
export function isCarried(rule: z.output<typeof voteSchema>, vote: Pick<Vote, 'meeting' | 'eligible' | 'present' | 'inFavour'>): boolean {
  const present = vote.present * 100;
  const enough = vote.meeting === 'villagers' ? present > vote.eligible * rule.villagersPercent : present >= vote.eligible * rule.representativesPercent;
  return enough && vote.inFavour * 100 > vote.present * rule.inFavourPercent;
}

/** Keeps the result of a meeting, carried or not: a vote that failed is a fact as well. */
export async function insertVote(trx: Trx, actor: Actor, subject: { kind: VoteSubject; id: string; county_code: string; region_code: string }, vote: Vote): Promise<{ id: string; carried: boolean }> {
  const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });
  if (vote.present > vote.eligible) throw wrong('present', '到会人数不能多于应到人数。');
  if (vote.inFavour > vote.present) throw wrong('inFavour', '同意人数不能多于到会人数。');
  if (vote.heldOn > today()) throw wrong('heldOn', '会议日期不能晚于今天。');
  const rule = await findPolicy(trx, 'village-vote', subject.region_code, vote.heldOn, voteSchema);
  if (!rule) throw new AppError('not-ready', '没有“村民（代表）会议表决”这项政策参数，不能判断是否通过。');
  const id = newId();
  const carried = isCarried(rule.value, vote);
  await trx
    .insertInto('projects.village_vote')
    .values({ county_code: subject.county_code, id, region_code: subject.region_code, subject_kind: subject.kind, subject_id: subject.id, meeting: vote.meeting, held_on: vote.heldOn, eligible: vote.eligible, present: vote.present, in_favour: vote.inFavour, minutes_number: vote.minutesNumber, carried, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
    .execute();
  return { id, carried };
}

export async function recordProjectVote(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ id: string; carried: boolean }> {
  const command = { ...body, id };
  return runCommand(actor, 'project.vote', command, async (trx) => {
    const row = await getProjectRow(trx, id, { lock: true });
    authorize(actor, 'project.declare', { regionCode: row.region_code });
    if (row.state !== 'draft') throw new AppError('wrong-state', '项目已经申报，村民会议决议应在申报以前登记。');
    const vote = await insertVote(trx, actor, { kind: 'project', id, county_code: row.county_code, region_code: row.region_code }, body);
    await recordAudit(trx, actor, { action: 'project.vote', objectKind: 'project', objectId: id, regionCode: row.region_code, details: { vote: vote.id, carried: vote.carried } });
    return vote;
  });
}

export async function listVotes(trx: Trx, subjectIds: readonly string[]) {
  if (subjectIds.length === 0) return [];
  const rows = await trx.selectFrom('projects.village_vote').selectAll().where('subject_id', 'in', subjectIds).orderBy('held_on').execute();
  return rows.map((row) => ({ subjectId: row.subject_id, id: row.id, meeting: row.meeting as Vote['meeting'], heldOn: row.held_on, eligible: row.eligible, present: row.present, inFavour: row.in_favour, minutesNumber: row.minutes_number, carried: row.carried, recordedBy: row.recorded_by_name }));
}
