import type { ClockLevel, IndicatorItem } from '@sunlit/api-spec';
import { daysBetween } from '@sunlit/kernel';
import { z } from 'zod';
import { loadCalendar, workingDaysLeft, type WorkingCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';

const limitsSchema = z.object({ yellow: z.number(), orange: z.number(), red: z.number() });

export type ClockLimits = z.output<typeof limitsSchema>;

export interface ClockContext {
  today: string;
  calendar: WorkingCalendar;
  limits: ClockLimits;
}

/** Limits in force for the division that is looked at, today. */
export async function loadClock(trx: Trx, regionCode: string): Promise<ClockContext> {
  const day = today();
  const policy = await findPolicy(trx, 'fund.clock.pass-on-days', regionCode, day, limitsSchema);
  return { today: day, calendar: await loadCalendar(trx), limits: policy?.value ?? { yellow: Infinity, orange: Infinity, red: Infinity } };
}

interface Clocked {
  state: 'in-transit' | 'held' | 'withdrawn';
  issuedOn: string;
  expectedOn: string;
  clockFrom: string | null;
  availableFen: number;
  inTransitFen: number;
}

/** In transit the clock waits for the receiver; once there, for whoever holds what has not been passed on or planned. */
export function clockOf(context: ClockContext, one: Clocked): IndicatorItem['clock'] {
  if (one.state === 'in-transit' && one.inTransitFen > 0) {
    const level: ClockLevel = context.today > one.expectedOn ? overdueLevel(context.limits, daysBetween(one.expectedOn, context.today)) : 'running';
    return { level, waitingFor: 'arrival', ...since(context, one.issuedOn) };
  }
  if (one.state === 'held' && one.availableFen > 0 && one.clockFrom !== null) {
    const days = daysBetween(one.clockFrom, context.today);
    return { level: levelOf(context.limits, days), waitingFor: 'passing-on', ...since(context, one.clockFrom) };
  }
  return { level: 'none', waitingFor: 'nothing', days: 0, workingDays: 0 };
}

function since(context: ClockContext, from: string): { days: number; workingDays: number } {
  return { days: Math.max(0, daysBetween(from, context.today)), workingDays: Math.max(0, workingDaysLeft(context.calendar, from, context.today)) };
}

function levelOf(limits: ClockLimits, days: number): ClockLevel {
  if (days > limits.red) return 'red';
  if (days > limits.orange) return 'orange';
  return days > limits.yellow ? 'yellow' : 'running';
}

/** Late from the first day after the deadline; how late decides the colour. */
function overdueLevel(limits: ClockLimits, daysLate: number): ClockLevel {
  const level = levelOf(limits, daysLate);
  return level === 'running' ? 'yellow' : level;
}
