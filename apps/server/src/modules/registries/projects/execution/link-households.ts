import type { BodyOf, linkHouseholds as endpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { findHouseholdsByNumber } from '#modules/registries/households/index.ts';
import { getProjectRow } from '../pool/project-store.ts';

/** Says which registered households a project is meant for. The list as it is sent replaces the one before. */
export async function linkHouseholds(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ linked: number }> {
  const command = { ...body, id };
  return runCommand(actor, 'project.households', command, async (trx) => {
    const row = await getProjectRow(trx, id, { lock: true });
    authorize(actor, 'project.declare', { regionCode: row.region_code });
    if (['settled', 'cancelled', 'rejected'].includes(row.state)) throw new AppError('wrong-state');
    const numbers = [...new Set(body.numbers)];
    const households = await findHouseholdsByNumber(trx, row.county_code, numbers);
    const unknown = numbers.filter((number) => !households.has(number));
    if (unknown.length > 0) throw new AppError('request-invalid', undefined, { fields: [{ path: 'numbers', message: `有 ${unknown.length} 个户号不在您负责的区划的帮扶对象库里，名单没有保存。` }] });
    await trx.deleteFrom('projects.linked_household').where('project_id', '=', id).execute();
    await trx
      .insertInto('projects.linked_household')
      .values([...households.values()].map((householdId) => ({ county_code: row.county_code, project_id: id, household_id: householdId, region_code: row.region_code, linked_by: actor.accountId })))
      .execute();
    await recordAudit(trx, actor, { action: 'project.households', objectKind: 'project', objectId: id, regionCode: row.region_code, details: { households: households.size } });
    return { linked: households.size };
  });
}
