import type { StepForm } from '@sunlit/api-spec';
import { normaliseName } from '@sunlit/kernel';

type Appraisal = Extract<StepForm, { action: 'appraise' }>;

export type AppraisalProblem = 'quorum' | 'votes' | 'relative-votes' | 'member-votes' | 'named-twice' | 'too-many';

/**
 * Whether an appraisal was held as it must be: enough of those entitled came, nobody related to the household voted, and
 * the votes add up. Who has the name of a member of the household is taken for the member unless said to be a namesake.
 */
export function appraisalProblems(form: Appraisal, quorumPercent: number, memberNames: readonly string[]): AppraisalProblem[] {
  const members = new Set(memberNames.map(normaliseName));
  const voters = form.attendees.filter((one) => one.votes);
  const names = form.attendees.map((one) => normaliseName(one.name));
  return [
    ...(form.attendees.length * 100 < form.eligible * quorumPercent ? (['quorum'] as const) : []),
    ...(form.attendees.length > form.eligible ? (['too-many'] as const) : []),
    ...(voters.some((one) => one.relation !== 'none') ? (['relative-votes'] as const) : []),
    ...(voters.some((one) => !one.namesake && members.has(normaliseName(one.name))) ? (['member-votes'] as const) : []),
    ...(new Set(names).size !== names.length && !form.attendees.some((one) => one.namesake) ? (['named-twice'] as const) : []),
    ...(form.votesFor + form.votesAgainst + form.abstained !== voters.length ? (['votes'] as const) : []),
  ];
}

/** Carried by more than the share of those who voted; abstaining is not agreeing. */
export function isCarried(form: Appraisal, yesPercent: number): boolean {
  return form.votesFor * 100 > (form.votesFor + form.votesAgainst + form.abstained) * yesPercent;
}

/** Whole months from one day to another. */
export function monthsBetween(from: string, to: string): number {
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return to.slice(8) < from.slice(8) ? months - 1 : months;
}

/** The same day so many months later; the last of the month where there is none. */
export function addMonths(day: string, months: number): string {
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(total / 12), total % 12];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}`;
}
