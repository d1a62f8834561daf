import type { FindingItem, RegionSummary } from '@sunlit/api-spec';
import { daysBetween } from '@sunlit/kernel';
import { workingDaysLeft, type WorkingCalendar } from '#platform/calendar/working-days.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Locale } from '#platform/http/locale.ts';
import { nameFor } from '#modules/registries/households/index.ts';
import { listCatalogue } from '../rule-catalogue/index.ts';
import type { FindingRow } from './finding-store.ts';

export interface ItemContext {
  actor: Actor;
  locale: Locale;
  today: string;
  calendar: WorkingCalendar;
  regionName: (code: string) => RegionSummary;
  ruleTitle: (code: string) => { zh: string; en: string };
}

export async function ruleTitles(): Promise<ItemContext['ruleTitle']> {
  const titles = new Map((await listCatalogue()).map((rule) => [rule.code, rule.titles]));
  return (code) => titles.get(code) ?? { zh: code, en: code };
}

export function itemOf(context: ItemContext, row: FindingRow): FindingItem {
  const open = row.state !== 'closed' && row.due_on !== null;
  return {
    id: row.id,
    number: row.number,
    rule: row.rule_code,
    ruleTitle: context.ruleTitle(row.rule_code),
    severity: row.severity,
    direction: row.direction,
    state: row.state,
    outcome: row.outcome,
    headline: context.locale === 'en' ? row.headline_en : row.headline_zh,
    householdId: row.household_id,
    indicatorId: row.subject_kind === 'indicator' ? row.subject_id : null,
    projectId: row.subject_kind === 'project' ? row.subject_id : null,
    assetId: row.subject_kind === 'asset' ? row.subject_id : null,
    noticeId: row.subject_kind === 'notice' ? row.subject_id : null,
    paymentId: row.subject_kind === 'payment' ? row.subject_id : null,
    householdHead: row.head_name ? nameFor(context.actor, row.head_name) : null,
    region: context.regionName(row.responsible_region_code),
    period: row.period,
    openedAt: row.opened_at.toISOString(),
    dueOn: row.due_on,
    overdueDays: open && row.due_on! < context.today ? daysBetween(row.due_on!, context.today) : 0,
    workingDaysLeft: open ? workingDaysLeft(context.calendar, context.today, row.due_on!) : null,
    assignee: row.assignee_name,
    factGone: row.fact_gone,
  };
}
