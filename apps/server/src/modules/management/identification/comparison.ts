import type { ProcedureView } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Locale } from '#platform/http/locale.ts';

export type Comparison = NonNullable<ProcedureView['comparison']>;
type Answer = Omit<Comparison, 'notRun'> & { notRun: readonly unknown[] };
type Compare = (actor: Actor, householdId: string, purpose: string, locale: Locale) => Promise<Answer>;

let compare: Compare | undefined;

/** Cross-checks stand above this module: whoever can ask the rules about one household registers it here. */
export function registerComparison(asked: Compare): void {
  compare = asked;
}

/** Asks every rule about the household as it stands today. Opens no finding; says nothing final. */
export async function compareHousehold(actor: Actor, householdId: string): Promise<Comparison> {
  if (!compare) throw new Error('No comparison is registered.');
  const { milliseconds, hits, notRun } = await compare(actor, householdId, '监测对象识别：信息比对', 'zh-CN');
  return { milliseconds, hits, notRun: notRun.length };
}
