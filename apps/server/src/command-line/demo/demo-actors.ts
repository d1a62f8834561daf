import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { findActorByUserName, insertStaff, regionNamer } from '#modules/organisation/index.ts';
import { CommandError } from '../command-error.ts';

const duties: Record<string, { role: string; title: string; departmentCode: string }> = {
  finance: { role: 'finance-officer', title: '财政资金员', departmentCode: 'finance' },
  /** makes the lists of benefits; another of the office checks them */
  maker: { role: 'county-officer', title: '救助业务员', departmentCode: 'civil-affairs' },
  second: { role: 'county-officer', title: '复核业务员', departmentCode: 'agriculture' },
  planner: { role: 'county-officer', title: '业务员', departmentCode: 'agriculture' },
  town: { role: 'town-reviewer', title: '乡镇审核员', departmentCode: 'agriculture' },
  clerk: { role: 'village-clerk', title: '村级信息员', departmentCode: 'agriculture' },
  helper: { role: 'helper', title: '帮扶责任人', departmentCode: 'agriculture' },
};

/** Personas that can be tried are the ones who act where there is one. */
const personaOf: Record<string, string> = { 'finance:320800000000': 'finance.city', 'finance:320826000000': 'finance', 'planner:320826000000': 'officer.lianshui', 'planner:320800000000': 'officer', 'second:320800000000': 'officer.second' };

const actors = new Map<string, Actor>();

/** The account behind `role:division`; one that cannot sign in where no persona holds it. */
export async function actorOf(by: string): Promise<Actor> {
  const known = actors.get(by);
  if (known) return known;
  const [duty, regionCode] = by.split(':') as [string, string];
  const userName = personaOf[by] ?? `${duty}.${regionCode.replace(/0+$/, '')}`;
  const { role, title, departmentCode } = duties[duty]!;
  if (!(await findActorByUserName(userName))) {
    const name = await regionNamer();
    await inTransaction(systemActor, async (trx) => {
      const id = newId();
      await insertStaff(trx, { id, userName, displayName: `演示·${name(regionCode).name}${title}`, phone: '0517-00000000', regionCode, departmentCode, service: true, roles: [role] });
      await recordAudit(trx, systemActor, { action: 'staff.create', objectKind: 'staff', objectId: id, regionCode, details: { roles: [role] } });
    });
  }
  const actor = await findActorByUserName(userName);
  if (!actor) throw new CommandError(`演示账号 ${userName} 不存在。`);
  actors.set(by, actor);
  return actor;
}
