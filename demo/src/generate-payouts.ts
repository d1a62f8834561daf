import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenefitRoll, CountyRoll } from './benefit-roll.ts';
import { dateOfDay, dayOfDate, two } from './calendar.ts';
import type { PayoutStep, PayoutTruth } from './payout-steps.ts';
import { raisedFrom, raisedSubsistenceFen, standardFen, subsistenceFen } from './standards.ts';

const stepsFile = 'payouts.jsonl';
const truthFile = 'payouts-truth.jsonl';
const province = '320000000000';
const city = '320800000000';
/** whose list is made every month; the others pay by the quarter until autumn */
export const monthlyCounty = '320826000000';
const subsistence = 'subsistence-rural';

const inactive = { code: 'E203', text: '账户未激活' };
const closed = { code: 'E101', text: '账号已销户' };
const onHold = (days: number, legalBasis: string) => ({ hold: { days, legalBasis } });

/** What checkers decided of the list that was compared with the departments' data; what is not here nobody decided. */
const decisions = [
  { doubt: 'died', first: 1, ...onHold(15, '《最低生活保障审核确认办法》第三十六条：家庭成员变化的应当及时核查'), reason: '殡葬登记死亡，待村里核实' },
  { doubt: 'in-custody', first: 1, ...onHold(20, '《最低生活保障审核确认办法》第三十六条：家庭情况变化的应当及时核查'), reason: '司法数据登记服刑，待核实户内人口' },
  { doubt: 'exclusive', first: 1, ...onHold(10, '《社会救助暂行办法》：低保与特困供养不重复享受'), reason: '同时列入特困名册，待确定享受哪一项' },
  { doubt: 'shared-account', first: 2, reason: '已核实：两户为父子分户，本人知情同意代收' },
];

/**
 * The benefits that the counties of the city pay in the fiscal year: the money from the province down, a standard that
 * rises, lists, the bank's answers, and what goes wrong. Same roll, same bytes.
 */
export function generatePayouts(options: { readonly outFolder: string; readonly roll: BenefitRoll }): { readonly file: string; readonly truth: string; readonly steps: number } {
  const year = new PayoutYear(options.roll);
  year.tell();
  writeFileSync(join(options.outFolder, stepsFile), year.steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
  writeFileSync(join(options.outFolder, truthFile), year.truth.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { file: stepsFile, truth: truthFile, steps: year.steps.length };
}

interface List {
  readonly ref: string;
  readonly programmeCode?: string;
  readonly month: string;
  readonly months: number;
  /** the day it is made, paid and answered on */
  readonly day: string;
  readonly failed?: readonly (string | undefined)[];
  readonly twice?: readonly (string | undefined)[];
  readonly withData?: boolean;
  readonly left?: boolean;
  readonly withdrawn?: string;
  readonly reason?: { code: string; text: string };
}

class PayoutYear {
  readonly steps: PayoutStep[] = [];
  readonly truth: PayoutTruth[] = [];
  readonly #roll: BenefitRoll;
  readonly #counties: readonly CountyRoll[];

  constructor(roll: BenefitRoll) {
    this.#roll = roll;
    this.#counties = [...roll.counties.values()].filter(({ code, subsistencePersons }) => code.startsWith(city.slice(0, 4)) && subsistencePersons > 0).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  }

  tell(): void {
    if (this.#counties.length === 0) return;
    this.#bringMoney();
    this.steps.push({ kind: 'standard', by: `planner:${city}`, decider: `second:${city}`, regionCode: city, programmeCode: subsistence, amountFen: raisedSubsistenceFen, validFrom: `${raisedFrom}-01`, day: '2026-06-18', basis: '淮民发〔2026〕21号：农村低保标准自 2026 年 7 月 1 日起提高' });
    for (const [index, county] of this.#counties.entries()) {
      if (county.code === monthlyCounty) this.#payMonthly(county);
      else this.#payQuarterly(county, index === 0);
    }
  }

  #yearFen(county: CountyRoll): number {
    const monthly = Array.from({ length: 12 }, (_, index) => subsistenceFen(`2026-${two(index + 1)}`) * county.subsistencePersons).reduce((sum, fen) => sum + fen, 0);
    // the other rolls are provided for by the half-year
    const other = county.code === monthlyCounty ? 6 * (county.destitutePersons * standardFen['destitute-support'] + county.oldPersons * standardFen['pension-elderly']) : 0;
    return monthly + other;
  }

  /** Province → city → county, each with its document; then the plan that the lists are paid from. */
  #bringMoney(): void {
    const total = this.#counties.reduce((sum, county) => sum + this.#yearFen(county), 0);
    const [fromProvince, atCity] = [`finance:${province}`, `finance:${city}`];
    this.steps.push({ kind: 'document', by: fromProvince, ref: 'yd', regionCode: province, number: '财社〔2026〕1号', title: '关于提前下达2026年困难群众救助补助资金预算的通知', issuer: '财政部 民政部', issuedOn: '2026-01-02', amountFen: total });
    this.steps.push({ kind: 'indicator', by: fromProvince, ref: 'yi', document: 'yd', fundCode: 'subsistence-allowance', purposeCode: 'direct-benefit', fiscalYear: 2026, title: '困难群众基本生活救助补助资金', amountFen: total, arrivedOn: '2026-01-02' });
    this.steps.push({ kind: 'allocate', by: fromProvince, ref: 'yc', from: 'yi', regionCode: city, documentNumber: '苏财社〔2026〕2号', amountFen: total, issuedOn: '2026-01-03' });
    this.steps.push({ kind: 'arrive', by: atCity, indicator: 'yc', arrivedOn: '2026-01-03' });
    for (const [index, county] of this.#counties.entries()) {
      const amountFen = this.#yearFen(county);
      const ref = `y${county.code.slice(0, 6)}`;
      this.steps.push({ kind: 'allocate', by: atCity, ref, from: 'yc', regionCode: county.code, documentNumber: `淮财社〔2026〕${301 + index}号`, amountFen, issuedOn: '2026-01-04' });
      this.steps.push({ kind: 'arrive', by: `finance:${county.code}`, indicator: ref, arrivedOn: '2026-01-04' });
      this.steps.push({ kind: 'plan', by: `planner:${county.code}`, ref: `${ref}p`, indicator: ref, planKind: 'direct-benefit', useCode: 'direct-benefit', title: `${county.name}2026年救助补助一卡通发放`, placeCode: county.code, households: county.households, amountFen, plannedOn: '2026-01-05', finishBy: '2026-12-31' });
    }
  }

  #payMonthly(county: CountyRoll): void {
    const [a, b, c, d, e, f] = county.ordinary;
    const id = county.code.slice(0, 6);
    const month = (number: number) => `2026-${two(number)}`;
    const list = (number: number, more: Partial<List> = {}) => this.#list(county, { ref: `${id}-${two(number)}`, month: month(number), months: 1, day: `${month(number)}-${two(9 + (number % 3))}`, ...more });
    list(1);
    list(2, { failed: [a, b], reason: inactive });
    this.#reissue(county, `${id}-02`, '2026-03-02', [a, b]);
    list(3);
    list(4);
    this.#returned(county, `${id}-04`, '2026-04-22', c);
    list(5, { twice: [d] });
    this.#reissue(county, `${id}-04`, '2026-05-14', [c]);
    list(6, { failed: [e], reason: inactive });
    this.#reissue(county, `${id}-06`, '2026-07-02', [e]);
    list(7);
    list(8);
    list(9, { failed: [f], reason: closed });
    list(10);
    if (d !== undefined) {
      this.steps.push({ kind: 'not-received', by: `planner:${county.code}`, batch: `${id}-09`, household: d, text: '九月份的低保没有打到存折上，问了银行也说不清。' });
      this.truth.push({ batch: `${id}-09`, kind: 'not-received', householdNumber: d, personOrdinal: null });
    }
    const halfYear = { month: month(1), months: 6, day: `${month(6)}-20` };
    if (county.destitutePersons > 0) this.#list(county, { ref: `${id}-d`, programmeCode: 'destitute-support', ...halfYear });
    if (county.oldPersons > 0) this.#list(county, { ref: `${id}-o`, programmeCode: 'pension-elderly', ...halfYear });
    list(11, { day: '2026-11-10', withData: true, left: true });
  }

  #payQuarterly(county: CountyRoll, wrongStandard: boolean): void {
    const [a, b] = county.ordinary;
    const id = county.code.slice(0, 6);
    this.#list(county, { ref: `${id}-q1`, month: '2026-01', months: 3, day: '2026-03-10', failed: [a], reason: inactive });
    this.#reissue(county, `${id}-q1`, '2026-03-27', [a]);
    // made in July by July's standard for the months before: everybody's line is doubted, the list is taken back
    if (wrongStandard) this.#list(county, { ref: `${id}-q2x`, month: '2026-04', months: 3, day: '2026-07-02', withdrawn: '标准用错：四至六月应按 420 元，重新编制' });
    this.#list(county, { ref: `${id}-q2`, month: '2026-04', months: 3, day: wrongStandard ? '2026-07-08' : '2026-06-10' });
    this.#list(county, { ref: `${id}-q3`, month: '2026-07', months: 4, day: '2026-10-12', failed: [b], reason: closed });
    this.#list(county, { ref: `${id}-11`, month: '2026-11', months: 1, day: '2026-11-10', withData: true });
  }

  #people(county: CountyRoll): { by: string; checker: string; approver: string } {
    return { by: `maker:${county.code}`, checker: `planner:${county.code}`, approver: `finance:${county.code}` };
  }

  #list(county: CountyRoll, list: List): void {
    const failed = (list.failed ?? []).filter((household) => household !== undefined);
    const twice = (list.twice ?? []).filter((household) => household !== undefined);
    const programmeCode = list.programmeCode ?? subsistence;
    const madeOn = list.withdrawn === undefined ? later(list.day, -5) : list.day;
    const endOfMonths = `2026-${two(Number(list.month.slice(5)) + list.months - 1)}-28`;
    this.steps.push({
      kind: 'batch',
      ...this.#people(county),
      ref: list.ref,
      plan: `y${county.code.slice(0, 6)}p`,
      programmeCode,
      month: list.month,
      months: list.months,
      regionCode: county.code,
      madeOn,
      // a list made late goes by a day of its own months; the wrong one did not
      asOf: list.withdrawn === undefined && madeOn > endOfMonths ? endOfMonths : madeOn,
      payDay: list.day,
      format: list.months === 1 ? 'delimited' : 'fixed-width',
      decisions: list.withData && !list.left ? decisions : [],
      ...(list.withdrawn === undefined ? {} : { withdrawn: list.withdrawn }),
      ...(list.left ? { left: true } : {}),
      ...(list.left || list.withdrawn !== undefined ? {} : { answer: { day: later(list.day, 1), failed: failed.map((household) => ({ household, ...list.reason! })), twice } }),
    });
    for (const householdNumber of failed) this.truth.push({ batch: list.ref, kind: 'failed', householdNumber, personOrdinal: null });
    for (const householdNumber of twice) this.truth.push({ batch: list.ref, kind: 'said-twice', householdNumber, personOrdinal: null });
    if (programmeCode !== subsistence) return;
    for (const { doubt, householdNumber, personOrdinal } of this.#roll.doubts.filter(({ countyCode }) => countyCode === county.code)) {
      if (list.withData || doubt === 'exclusive' || doubt === 'shared-account') this.truth.push({ batch: list.ref, kind: 'doubt', doubt, householdNumber, personOrdinal });
    }
  }

  #reissue(county: CountyRoll, batch: string, day: string, households: readonly (string | undefined)[]): void {
    const known = households.filter((household) => household !== undefined);
    if (known.length === 0) return;
    this.steps.push({ kind: 're-issue', ...this.#people(county), ref: `${batch}r`, batch, plan: `y${county.code.slice(0, 6)}p`, day, format: 'delimited', answer: { day: later(day, 1), failed: [], twice: [] } });
    for (const householdNumber of known) this.truth.push({ batch, kind: 're-issued', householdNumber, personOrdinal: null });
  }

  #returned(county: CountyRoll, batch: string, day: string, household: string | undefined): void {
    if (household === undefined) return;
    this.steps.push({ kind: 'returned', by: `finance:${county.code}`, batch, day, households: [household], code: 'AC04', text: '账户已关闭，款项退回' });
    this.truth.push({ batch, kind: 'returned', householdNumber: household, personOrdinal: null });
  }
}

const later = (date: string, days: number): string => dateOfDay(dayOfDate(date) + days);
