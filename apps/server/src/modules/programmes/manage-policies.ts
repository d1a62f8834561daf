import { isDeepStrictEqual } from 'node:util';
import type { BodyOf, QueryOf, ResponseOf, decidePolicy as decideEndpoint, listPolicies as listEndpoint, proposePolicy as proposeEndpoint } from '@sunlit/api-spec';
import { addDays, newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { policyInForce, readPolicyRows, type PolicyInForce } from './policy-in-force.ts';
import { listPolicyKinds, type PolicyKind } from './policy-kinds.ts';

interface ProposalRow {
  id: string;
  region_code: string;
  code: string;
  value: z.output<ReturnType<typeof z.json>>;
  valid_from: string;
  basis: string;
  state: 'proposed' | 'approved' | 'refused';
  proposed_by: string;
  proposed_by_name: string;
  proposed_at: Date;
  decided_by_name: string | null;
  decision_reason: string | null;
}

/** Every value that may be set, what is in force for a division, and the latest proposals with what they would replace. */
export async function listPolicies(actor: Actor, query: QueryOf<typeof listEndpoint>, locale: Locale): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'policy.read');
  const region = query.regionCode ?? actor.regionCode;
  const on = query.on ?? today();
  const name = await regionNamer();
  const kinds = await listPolicyKinds();
  return inTransaction(actor, async (trx) => {
    const rows = await readPolicyRows(trx);
    const shown = (one: PolicyInForce) => ({ value: one.value as ProposalRow['value'], region: name(one.regionCode), validFrom: one.validFrom, basis: inWords(one.basis, locale) });
    const range = regionRange(region);
    const proposals = await sql<ProposalRow>`SELECT * FROM platform.policy_proposal WHERE region_code >= ${range.from} AND region_code < ${range.to} ORDER BY proposed_at DESC LIMIT 50`.execute(trx);
    return {
      kinds: kinds.map(({ code, title, fields }) => ({ code, title, fields })),
      items: kinds.flatMap((kind) => {
        const one = policyInForce(rows, kind, region, on);
        return one ? [{ code: kind.code, ...shown(one), validTo: one.validTo }] : [];
      }),
      proposals: proposals.rows.map((row) => {
        const kind = kinds.find((one) => one.code === row.code) ?? { code: row.code };
        const before = policyInForce(rows, kind, row.region_code, addDays(row.valid_from, -1));
        return {
          id: row.id,
          code: row.code,
          region: name(row.region_code),
          value: row.value,
          validFrom: row.valid_from,
          basis: row.basis,
          state: row.state,
          proposedBy: row.proposed_by_name,
          proposedAt: row.proposed_at.toISOString(),
          decidedBy: row.decided_by_name,
          decisionReason: row.decision_reason,
          before: before ? shown(before) : null,
          mayDecide: row.state === 'proposed' && row.proposed_by !== actor.accountId && actor.permissions.has('policy.approve'),
        };
      }),
    };
  });
}

/** Says at each part of the value what is wrong with it, so that a form can show it there. */
function requireValid(kind: PolicyKind, value: unknown): void {
  const parsed = kind.schema.safeParse(value);
  const fields = parsed.success ? [] : parsed.error.issues.map((issue) => ({ path: ['value', ...issue.path.slice(0, 1)].join('.'), message: '数值不符合这一项参数的格式和范围。' }));
  for (const { name, min, max } of kind.fields) {
    const given = name === null ? value : (value as Record<string, unknown> | null)?.[name];
    if (typeof given !== 'number' || (given >= (min ?? given) && given <= (max ?? given))) continue;
    const path = name === null ? 'value' : `value.${name}`;
    if (!fields.some((field) => field.path === path)) fields.push({ path, message: '数值不符合这一项参数的格式和范围。' });
  }
  if (fields.length > 0) throw new AppError('request-invalid', undefined, { fields });
}

export async function proposePolicy(actor: Actor, command: BodyOf<typeof proposeEndpoint>): Promise<{ id: string }> {
  authorize(actor, 'policy.propose', { regionCode: command.regionCode });
  const kind = (await listPolicyKinds()).find((one) => one.code === command.code);
  if (!kind) throw new AppError('request-invalid', undefined, { fields: [{ path: 'code', message: '没有这一项政策参数。' }] });
  requireValid(kind, command.value);
  return runCommand(actor, 'policy.propose', command, async (trx) => {
    const rows = await readPolicyRows(trx);
    if (rows.some((row) => row.region_code === command.regionCode && row.code === command.code && row.valid_from === command.validFrom)) {
      throw new AppError('already-exists', '这一天起的数值已经有了，请换一个生效日期。', { fields: [{ path: 'validFrom', message: '这一天起的数值已经有了，请换一个生效日期。' }] });
    }
    const before = policyInForce(rows, kind, command.regionCode, command.validFrom);
    if (before && isDeepStrictEqual(before.value, command.value)) throw new AppError('request-invalid', undefined, { fields: [{ path: 'value', message: '与那一天已经生效的数值相同，没有改动。' }] });
    const id = newId();
    await trx
      .insertInto('platform.policy_proposal')
      .values({ id, region_code: command.regionCode, code: command.code, value: JSON.stringify(command.value), valid_from: command.validFrom, basis: command.basis, proposed_by: actor.accountId, proposed_by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: 'policy.propose', objectKind: 'policy', objectId: id, regionCode: command.regionCode, details: { code: command.code, validFrom: command.validFrom } });
    return { id };
  });
}

/** The second person. An approved value closes the one before it on the day it begins. */
export async function decidePolicy(actor: Actor, id: string, command: BodyOf<typeof decideEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'policy.decide', { ...command, id } as typeof command & { id: string }, async (trx) => {
    const { rows } = await sql<ProposalRow>`SELECT * FROM platform.policy_proposal WHERE id = ${id} FOR UPDATE`.execute(trx);
    const proposal = rows[0];
    if (!proposal) throw new AppError('not-found');
    authorize(actor, 'policy.approve', { regionCode: proposal.region_code });
    if (proposal.state !== 'proposed') throw new AppError('wrong-state');
    if (proposal.proposed_by === actor.accountId) throw new AppError('conflict-of-interest', '自己提出的参数须由另一人审定。');
    const state = command.action === 'approve' ? 'approved' : 'refused';
    await sql`UPDATE platform.policy_proposal SET state = ${state}, decided_by = ${actor.accountId}, decided_by_name = ${actor.displayName}, decided_at = now(), decision_reason = ${command.reason} WHERE id = ${id}`.execute(trx);
    if (state === 'approved') {
      const taken = await sql`SELECT 1 FROM platform.policy_value WHERE region_code = ${proposal.region_code} AND code = ${proposal.code} AND valid_from = ${proposal.valid_from}::date`.execute(trx);
      if (taken.rows.length > 0) throw new AppError('already-exists', '这一天起的数值已经有了，请换一个生效日期。');
      await sql`UPDATE platform.policy_value SET valid_to = ${proposal.valid_from}::date WHERE region_code = ${proposal.region_code} AND code = ${proposal.code} AND valid_from < ${proposal.valid_from}::date AND (valid_to IS NULL OR valid_to > ${proposal.valid_from}::date)`.execute(trx);
      await sql`INSERT INTO platform.policy_value (region_code, code, value, valid_from, basis) VALUES (${proposal.region_code}, ${proposal.code}, ${JSON.stringify(proposal.value)}::jsonb, ${proposal.valid_from}::date, ${proposal.basis})`.execute(trx);
    }
    await recordAudit(trx, actor, { action: `policy.${command.action}`, objectKind: 'policy', objectId: id, regionCode: proposal.region_code, reason: command.reason, details: { code: proposal.code } });
    return { ok: true as const };
  });
}

/** Values approved at run time, as a file that can be kept in `regions/`. */
export async function exportPolicies(actor: Actor, regionCode: string | undefined): Promise<string> {
  authorize(actor, 'policy.read');
  return inTransaction(actor, async (trx) => {
    const range = regionRange(regionCode ?? actor.regionCode);
    const { rows } = await sql<ProposalRow>`SELECT * FROM platform.policy_proposal WHERE state = 'approved' AND region_code >= ${range.from} AND region_code < ${range.to} ORDER BY region_code, code, valid_from`.execute(trx);
    return stringify(rows.map((row) => ({ region: row.region_code, code: row.code, value: row.value, validFrom: row.valid_from, basis: row.basis })));
  });
}
