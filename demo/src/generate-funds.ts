import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dateOfDay, dayOfDate, demoAsOf } from './calendar.ts';
import { creditCode } from './credit-code.ts';
import type { Village } from './divisions.ts';
import type { FundStep, FundTruth } from './fund-steps.ts';
import { assetRules, assetWrongs, nearlyWrong, projectWrongs, raised, ruleOfWrong, wrongNotes } from './project-wrongs.ts';
import { Random } from './random.ts';

const city = '320800000000';
const stepsFile = 'funds.jsonl';
const truthFile = 'funds-truth.jsonl';

/** A village cadre who represents a firm: of the village that gives it a contract, or of another county. */
export interface CadreWithFirm {
  readonly idNumber: string;
  readonly village: Village;
}

interface Place {
  readonly code: string;
  readonly name: string;
  readonly towns: readonly { readonly code: string; readonly name: string; readonly villages: readonly Village[] }[];
}

const daysBefore = (days: number): string => dateOfDay(dayOfDate(demoAsOf) - days);
const later = (date: string, days: number): string => dateOfDay(dayOfDate(date) + days);
/** whole hundreds of yuan, in fen */
const rounded = (fen: number): number => Math.max(10_000, Math.round(fen / 10_000) * 10_000);

/**
 * A fiscal year of the city's funds as a list of ordinary commands, with what is wrong in it. Firms, documents and sums are
 * invented; same seed and scale, same bytes.
 */
export function generateFunds(options: { readonly seed: number; readonly outFolder: string; readonly share: number; readonly villages: readonly Village[]; readonly householdsOf: ReadonlyMap<string, number>; readonly cadres: readonly CadreWithFirm[] }): { readonly file: string; readonly truth: string; readonly steps: number } {
  const year = new FundYear(new Random(options.seed, -7), placesOf(options.villages), Math.max(0.02, options.share), options.householdsOf, options.cadres);
  year.tell();
  writeFileSync(join(options.outFolder, stepsFile), year.steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
  writeFileSync(join(options.outFolder, truthFile), year.truth.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { file: stepsFile, truth: truthFile, steps: year.steps.length };
}

function placesOf(villages: readonly Village[]): Place[] {
  const counties = new Map<string, { name: string; towns: Map<string, { name: string; villages: Village[] }> }>();
  for (const village of villages) {
    if (!village.code.startsWith('3208')) continue;
    const county = counties.get(village.countyCode) ?? { name: village.county, towns: new Map() };
    counties.set(village.countyCode, county);
    const townCode = `${village.code.slice(0, 9)}000`;
    const town = county.towns.get(townCode) ?? { name: village.town, villages: [] };
    county.towns.set(townCode, town);
    town.villages.push(village);
  }
  return [...counties].map(([code, county]) => ({ code, name: county.name, towns: [...county.towns].map(([townCode, town]) => ({ code: townCode, ...town })) }));
}

const projects = ['标准化蔬菜大棚', '村集体光伏电站', '稻虾综合种养基地', '农产品冷链仓储', '帮扶车间扩建', '食用菌工厂', '机耕路硬化', '小型泵站改造'] as const;
const firms = ['禾泰建设工程有限公司', '润田农业设施有限公司', '安澜水利工程有限公司', '兴村机电设备有限公司'] as const;

class FundYear {
  readonly steps: FundStep[] = [];
  readonly truth: FundTruth[] = [];
  readonly #random: Random;
  readonly #counties: readonly Place[];
  readonly #share: number;
  readonly #householdsOf: ReadonlyMap<string, number>;
  readonly #cadres: readonly CadreWithFirm[];
  readonly #vendors = new Map<string, string[]>();
  readonly #firmNames = new Map<string, string>();
  readonly #titles = new Map<string, number>();
  #number = 0;
  #wrongs = 0;
  #assetWrongs = 0;
  #lastPhoto = 0;
  #lastTitle = { title: '', place: '' };

  constructor(random: Random, counties: readonly Place[], share: number, householdsOf: ReadonlyMap<string, number>, cadres: readonly CadreWithFirm[]) {
    this.#cadres = cadres;
    this.#householdsOf = householdsOf;
    this.#random = random;
    this.#counties = counties;
    this.#share = share;
  }

  tell(): void {
    this.#tellBridgingFund('bridging-central', '苏财农', '中央财政衔接推进乡村振兴补助资金', 3_600_000_000_00, '2026-01-20', 'industry');
    this.#tellBridgingFund('bridging-provincial', '苏财农', '省级财政衔接推进乡村振兴补助资金', 1_400_000_000_00, '2026-02-26', 'infrastructure');
    this.#tellDirectBenefits();
    this.#tellIdleDonation();
    this.#tellRecalledFund();
    this.#tellOlderAssets();
    this.#tellSmallContracts();
    this.#tellRefused();
  }

  #sum(fenOfWholeCity: number): number {
    return rounded((fenOfWholeCity / 50) * this.#share * 10);
  }

  #next(prefix: string, year = 2026): string {
    this.#number += 1;
    return `${prefix}〔${year}〕${this.#number}号`;
  }

  #receive(fundCode: string, purposeCode: string, prefix: string, title: string, amountFen: number, issuedOn: string): string {
    const number = this.#next(prefix, Number(issuedOn.slice(0, 4)));
    const by = `finance:${city}`;
    const [document, indicator] = [`d${this.#number}`, `i${this.#number}`];
    this.steps.push({ kind: 'document', by, ref: document, regionCode: city, number, title: `关于下达${title}的通知`, issuer: prefix === '苏财农' ? '江苏省财政厅' : '淮安市财政局', issuedOn, amountFen });
    this.steps.push({ kind: 'indicator', by, ref: indicator, document, fundCode, purposeCode, fiscalYear: Number(issuedOn.slice(0, 4)), title, amountFen, arrivedOn: later(issuedOn, 6) });
    return indicator;
  }

  #allocate(from: string, by: string, regionCode: string, prefix: string, amountFen: number, issuedOn: string): { ref: string; number: string } {
    const number = this.#next(prefix, Number(issuedOn.slice(0, 4)));
    const ref = `i${this.#number}`;
    this.steps.push({ kind: 'allocate', by, ref, from, regionCode, documentNumber: number, amountFen, issuedOn });
    return { ref, number };
  }

  /** Down to the counties; each county does something else with it, some of them something wrong. */
  #tellBridgingFund(fundCode: string, prefix: string, title: string, wholeCityFen: number, issuedOn: string, purpose: string): void {
    const central = fundCode === 'bridging-central';
    const source = this.#receive(fundCode, purpose, prefix, title, this.#sum(wholeCityFen), issuedOn);
    let left = this.#sum(wholeCityFen);
    for (const [index, county] of this.#counties.entries()) {
      const isLast = index === this.#counties.length - 1;
      const amount = isLast ? left : rounded((this.#sum(wholeCityFen) * (0.85 + this.#random.next() * 0.25)) / this.#counties.length);
      left -= amount;
      // the last counties get theirs late, so that money waits on the day of the demo
      const late = central ? [undefined, undefined, 205, 95, 45, undefined, undefined][index % 7] : undefined;
      const passedOn = late === undefined ? later(issuedOn, 14 + this.#random.between(0, 12)) : daysBefore(late + 6);
      const { ref, number } = this.#allocate(source, `finance:${city}`, county.code, '淮财农', amount, passedOn);
      if (!central && index === 5) {
        // never confirmed
        this.truth.push({ label: 'planted', rule: 'F07', note: '下达后一直没有确认到账', documentNumber: number, regionCode: county.code, period: '' });
        continue;
      }
      const arrived = later(passedOn, 4 + this.#random.between(0, 4));
      const finance = `finance:${county.code}`;
      this.steps.push({ kind: 'arrive', by: finance, indicator: ref, arrivedOn: late === undefined ? arrived : daysBefore(late) });
      if (late !== undefined) {
        this.truth.push({ label: 'planted', rule: 'F07', note: `到账 ${late} 天没有下达或安排`, documentNumber: number, regionCode: county.code, period: '' });
        if (late > 160) this.truth.push({ label: 'planted', rule: 'F09', note: '到账近半年，九月底一分未用', documentNumber: number, regionCode: county.code, period: '2026' });
        continue;
      }
      this.#spend(county, ref, number, amount, arrived, purpose, index);
    }
    if (central) {
      const { number } = this.#allocate(source, `finance:${city}`, this.#counties[0]!.code, '淮财农', this.#sum(wholeCityFen), '2026-05-06');
      this.steps.at(-1)!.refused = 'funds-insufficient';
      this.truth.push({ label: 'refused', rule: 'ledger', note: '超过可用资金的分配', documentNumber: number, regionCode: this.#counties[0]!.code, period: '' });
    }
  }

  /** Part to two towns, the rest for projects of the county. */
  #spend(county: Place, indicator: string, number: string, amount: number, arrived: string, purpose: string, index: number): void {
    const finance = `finance:${county.code}`;
    const towns = county.towns.slice(0, 2);
    const toTown = rounded(amount * 0.2);
    for (const town of towns) {
      const issuedOn = later(arrived, 8 + this.#random.between(0, 10));
      const hop = this.#allocate(indicator, finance, town.code, `${county.name.slice(0, 1)}财农`, toTown, issuedOn);
      const at = later(issuedOn, 5);
      this.steps.push({ kind: 'arrive', by: `town:${town.code}`, indicator: hop.ref, arrivedOn: at });
      this.#project(`town:${town.code}`, finance, hop.ref, town.villages, toTown, later(at, 12), purpose, 1);
    }
    const rest = amount - toTown * towns.length;
    const slow = index === 6;
    const parts = 3;
    for (let part = 0; part < parts; part += 1) {
      const share = part === parts - 1 ? rest - rounded(rest / parts) * (parts - 1) : rounded(rest / parts);
      const villages = county.towns[(part + 2) % county.towns.length]!.villages;
      const offPurpose = index === 1 && part === 0 && purpose === 'industry';
      this.#project(`planner:${county.code}`, finance, indicator, villages, share, later(arrived, 15 + part * 10), purpose, slow ? 0.3 : 1, offPurpose ? '村部办公楼修缮及配套' : undefined);
      if (offPurpose) this.truth.push({ label: 'planted', rule: 'P03', note: '已付款，没有对应的入库项目', documentNumber: number, regionCode: county.code, period: '' });
      if (offPurpose) this.truth.push({ label: 'planted', rule: 'F11', note: '名称含负面清单用语“办公楼”', documentNumber: number, regionCode: county.code, period: '' });
    }
    if (slow) this.truth.push({ label: 'planted', rule: 'F09', note: '九月底支出进度不到四成', documentNumber: number, regionCode: county.code, period: '2026' });
  }

  /** The firms of a county, recorded when first needed. */
  #vendorsOf(county: { code: string; name: string }): string[] {
    const known = this.#vendors.get(county.code);
    if (known) return known;
    const refs = firms.map((firm, index) => {
      const ref = `v${county.code.slice(0, 6)}-${index}`;
      this.steps.push({ kind: 'vendor', by: `planner:${county.code}`, ref, countyCode: county.code, name: `${county.name}${firm}`, creditCode: creditCode(this.#random) });
      this.#firmNames.set(ref, `${county.name}${firm}`);
      return ref;
    });
    this.#vendors.set(county.code, refs);
    return refs;
  }

  /** A title of its own in its place, so that a finding can be told by it. */
  #titleIn(placeCode: string, title: string): string {
    const count = (this.#titles.get(`${placeCode} ${title}`) ?? 0) + 1;
    this.#titles.set(`${placeCode} ${title}`, count);
    return count === 1 ? title : `${title}（${count}期）`;
  }

  /** From the pool to the asset: a plan paid in stages: 30 % in advance, 60 % on acceptance, the rest when the warranty money is due. */
  #project(planner: string, payer: string, indicator: string, villages: readonly Village[], amountFen: number, plannedOn: string, useCode: string, progress: number, name?: string, told?: { readonly wrong?: string; readonly firm?: { ref: string; name: string } }): void {
    this.#number += 1;
    const id = this.#number;
    const plan = `p${id}`;
    const village = this.#random.pick(villages);
    const finishBy = later(plannedOn, 150);
    const title = this.#titleIn(village.code, `${village.name}${name ?? this.#random.pick(projects)}`);
    const households = Math.max(this.#random.between(12, 80), Math.ceil((amountFen / 100_000_000) * 12));
    // what is not in the pool has no tender, no contract and no papers either
    const pooled = name === undefined;
    const wrong = told ? told.wrong : pooled && progress === 1 && planner.startsWith('planner:') ? projectWrongs[this.#wrongs++] || undefined : undefined;
    const shares: readonly [number, number][] =
      progress < 1
        ? [[progress, 40]]
        : wrong === 'P05'
          ? [[0.3, 25]]
          : wrong && raised[wrong]
            ? [
                [raised[wrong][0], 25],
                [raised[wrong][1], 110],
                [raised[wrong][2], 130],
              ]
            : [
                [0.3, 25],
                [0.6, 110],
                [0.1, 160],
              ];
    const parts = shares.map(([share], index) => (progress === 1 && wrong !== 'P05' && index === shares.length - 1 ? 0 : Math.min(amountFen, rounded(amountFen * share))));
    const rest = amountFen - parts.reduce((sum, part) => sum + part, 0);
    const county = { code: village.countyCode, name: village.county };
    const winner = this.#random.between(0, firms.length - 1);
    const payee = told?.firm?.name ?? `${county.name}${firms[winner]!}`;
    const project = `x${id}`;
    if (pooled) {
      const refs = this.#vendorsOf(county);
      const milestones = [...parts.filter((part) => part > 0), ...(rest > 0 ? [rest] : [])];
      const vendors = [...new Set([...(told?.firm ? [told.firm.ref] : []), ...[0, 1, 2].map((offset) => refs[(winner + offset) % refs.length]!)])].slice(0, 3);
      this.steps.push({
        kind: 'project',
        by: `clerk:${village.code}`,
        ref: project,
        title,
        placeCode: village.code,
        categoryCode: useCode === 'industry' ? 'industry' : 'infrastructure',
        households: wrong === 'F22' ? 0 : households,
        amountFen,
        plannedOn,
        milestones,
        vendors,
        photo: wrong === 'P08' ? this.#lastPhoto : id,
        ...(wrong ? { wrong } : {}),
      });
      if (wrong === 'P08') this.#plant('P08', this.#lastTitle.title, this.#lastTitle.place, '照片与另一个项目相同');
      this.#lastPhoto = id;
      this.#lastTitle = { title, place: village.code };
      if (wrong && !told && nearlyWrong[wrong]) this.#likeness(nearlyWrong[wrong], wrongNotes[wrong]!, { title, place: village.code });
      else if (wrong && !told) this.#plant(ruleOfWrong(wrong), title, village.code, wrongNotes[wrong]!);
      if (told?.wrong === 'F13') this.#plant('F13', title, village.code, wrongNotes.F13!);
      // the second part of the contract was due and never done
      if ((progress < 1 || wrong === 'P05') && later(plannedOn, 120) < daysBefore(60)) this.#plant('R067', title, village.code, wrongNotes.R067!);
    }
    this.steps.push({ kind: 'plan', by: planner, ref: plan, indicator, planKind: 'project', useCode, title, placeCode: village.code, households, amountFen, plannedOn, finishBy, ...(pooled ? { project } : {}) });
    for (const [index, [, days]] of shares.entries()) {
      const paidOn = later(plannedOn, days + this.#random.between(0, 8));
      if (paidOn > demoAsOf) break;
      const part = parts[index]! > 0 ? parts[index]! : rest;
      this.#pay(payer, plan, payee, part, paidOn, pooled ? { project, milestone: index + 1, ...((wrong === 'F14' || wrong === 'F12') && index === 0 ? { wrong } : {}) } : {});
    }
    if (!pooled) return;
    this.steps.push({ kind: 'works', by: `town:${village.code.slice(0, 9)}000`, project, plannedOn, progress, ...(wrong ? { wrong } : {}) });
    const completedOn = later(plannedOn, 108);
    if (progress < 1 || wrong === 'P05' || wrong === 'F10' || completedOn > demoAsOf) return;
    this.#asset({ project, village, title: `${title}形成的资产`, amountFen, formedOn: completedOn, assetClass: useCode === 'industry' ? 'operating' : 'public' });
  }

  #plant(rule: string, title: string, place: string, note: string): void {
    this.truth.push({ label: 'planted', rule, note, documentNumber: title, regionCode: place, period: '' });
  }

  #pay(payer: string, plan: string, payee: string, amountFen: number, paidOn: string, more: { project?: string; milestone?: number; wrong?: string }): void {
    this.#number += 1;
    const ref = `z${this.#number}`;
    const voucherNumber = `PZ2026-${String(this.#number).padStart(5, '0')}`;
    // never one after another: numbers in a row are a lead of their own
    const invoiceNumber = `2632${String(this.#number * 37).padStart(12, '0')}`;
    const payment = { kind: 'pay' as const, by: payer, plan, payeeKind: 'vendor' as const, payee, amountFen, ...more, ...(more.project ? { invoiceNumber } : {}) };
    this.steps.push({ ...payment, ref, voucherNumber, paidOn });
    if (this.#number % 41 !== 0) return;
    // paid to a wrong account and put right
    const day = later(paidOn, 1) > demoAsOf ? demoAsOf : later(paidOn, 1);
    this.steps.push({ kind: 'reverse', by: payer, payment: ref, day, reason: '凭证附件有误，冲销后重新支付' });
    this.steps.push({ ...payment, ref: `${ref}b`, voucherNumber: `${voucherNumber}-1`, paidOn: day });
  }

  #asset(asset: { project?: string; village: Village; placeCode?: string; households?: number; title: string; amountFen: number; formedOn: string; assetClass: 'operating' | 'public'; wrong?: string }): void {
    this.#number += 1;
    // a year old without a planted wrong: its rent is in order
    const ordinary = asset.formedOn < daysBefore(360) ? 'shared' : undefined;
    const wrong = asset.wrong ?? ordinary ?? (asset.assetClass === 'operating' && asset.formedOn < daysBefore(100) ? assetWrongs[this.#assetWrongs++] || undefined : undefined);
    const county = { code: asset.village.countyCode, name: asset.village.county };
    const vendor = this.#vendorsOf(county)[3]!;
    const placeCode = asset.placeCode ?? asset.village.code;
    const households = Math.min(40, asset.households ?? this.#householdsOf.get(asset.village.code) ?? 0);
    this.steps.push({ kind: 'asset', by: `clerk:${placeCode}`, ref: `a${this.#number}`, ...(asset.project ? { project: asset.project } : {}), title: asset.title, placeCode, assetClass: asset.assetClass, amountFen: asset.amountFen, formedOn: asset.formedOn, vendor, countyCode: county.code, households, ...(wrong ? { wrong } : {}) });
    const rule = wrong ? assetRules[wrong] : undefined;
    // equal shares are a matter of the money that was shared, a short one of the household
    if (wrong === 'F18') this.truth.push({ label: 'planted', rule: 'F18', note: wrongNotes.F18!, documentNumber: `SJ-a${this.#number}`, regionCode: placeCode, period: '' });
    else if (wrong === 'F24') this.truth.push({ label: 'planted', rule: 'F24', note: wrongNotes.F24!, documentNumber: asset.title, regionCode: placeCode, household: this.#firstHouseholdIn(placeCode), period: '' });
    else if (rule) this.#plant(rule, asset.title, placeCode, wrongNotes[wrong!]!);
  }

  /** Households are numbered by village: the first of a place is the first of its first village that has any. */
  #firstHouseholdIn(placeCode: string): string {
    const within = placeCode.replace(/0+$/, '');
    const [village] = [...this.#householdsOf].filter(([code, count]) => code.startsWith(within) && count > 0).map(([code]) => code).toSorted();
    return `${village}0001`;
  }

  /** Assets from before the registry: one that lies idle, one that brings nothing, and in each county one whose rent reaches everybody. */
  #tellOlderAssets(): void {
    for (const county of this.#counties) {
      const [town] = county.towns.toSorted((a, b) => this.#householdsIn(b) - this.#householdsIn(a));
      if (!town) continue;
      const ofTown = { placeCode: town.code, households: this.#householdsIn(town), village: town.villages[0]! };
      this.#asset({ ...ofTown, title: `${town.name}粮食烘干房`, amountFen: this.#sum(30_000_000_00), formedOn: '2024-06-01', assetClass: 'operating', wrong: 'shared' });
      const inCounty = county.towns.reduce((sum, one) => sum + this.#householdsIn(one), 0);
      if (county.code === this.#counties[1]?.code && inCounty >= 40) this.#asset({ ...ofTown, placeCode: county.code, households: inCounty, title: `${county.name}联营粮食仓储中心`, amountFen: this.#sum(40_000_000_00), formedOn: '2024-03-01', assetClass: 'operating', wrong: 'F18' });
      if (county.code === this.#counties[2]?.code && ofTown.households >= 6) this.#asset({ ...ofTown, title: `${town.name}稻米加工房`, amountFen: this.#sum(20_000_000_00), formedOn: '2024-04-01', assetClass: 'operating', wrong: 'F24' });
      if (county.code !== this.#counties[0]!.code) continue;
      this.#asset({ ...ofTown, title: `${town.name}老油坊`, amountFen: this.#sum(20_000_000_00), formedOn: '2024-05-01', assetClass: 'operating', wrong: 'A02' });
      this.#asset({ ...ofTown, title: `${town.name}蔬菜交易棚`, amountFen: this.#sum(20_000_000_00), formedOn: '2024-05-01', assetClass: 'operating', wrong: 'P07' });
    }
  }

  /** Money of the city for one county: given out without a tender in parts, to a cadre's firm, into somebody's own account, and by hand. */
  #tellSmallContracts(): void {
    const county = this.#counties[0]!;
    const [near, far] = this.#cadres;
    const [village, other] = [county.towns[0]!.villages[0]!, county.towns[0]!.villages[1] ?? county.towns[1]!.villages[0]!];
    const [part, small, byHand] = [2_300_000_00, 500_000_00, 6_000_00];
    const [near4, above4, below4] = [3_600_000_00, 4_050_000_00, 3_900_000_00];
    const total = part * 4 + near4 * 3 + above4 + below4 + small * (1 + this.#cadres.length) + byHand * this.#handedTo(county).households;
    const source = this.#receive('bridging-city', 'industry', '淮财预', '市级特色产业专项资金', total, '2026-02-02');
    const { ref, number } = this.#allocate(source, `finance:${city}`, county.code, '淮财农', total, '2026-02-11');
    this.steps.push({ kind: 'arrive', by: `finance:${county.code}`, indicator: ref, arrivedOn: '2026-02-16' });
    const firms = this.#vendorsOf(county).map((vendor) => ({ ref: vendor, name: this.#firmNames.get(vendor)! }));
    const build = (place: Village, amount: number, plannedOn: string, told: { wrong?: string; firm: { ref: string; name: string } }) => this.#project(`planner:${county.code}`, `finance:${county.code}`, ref, [place], amount, plannedOn, 'industry', 1, undefined, told);
    // together above what must be tendered; the finding is about the earlier one
    build(village, part, '2026-03-02', { wrong: 'F15', firm: firms[0]! });
    const first = this.#lastTitle;
    this.#plant('F15', first.title, first.place, wrongNotes.F15!);
    build(village, part, '2026-03-12', { wrong: 'F15', firm: firms[0]! });
    // the same sums, but two firms
    build(other, part, '2026-03-02', { wrong: 'F15', firm: firms[1]! });
    this.#likeness('F15', '两家企业各签一份', this.#lastTitle);
    build(other, part, '2026-03-12', { wrong: 'F15', firm: firms[2]! });
    if (near) build(near.village, small, '2026-03-05', { wrong: 'F13', firm: this.#firmOf(county, near, '惠农园艺有限公司') });
    if (far) {
      build(village, small, '2026-03-08', { firm: this.#firmOf(county, far, '远乡设施农业有限公司') });
      this.#likeness('F13', '企业由外县的村干部代表', this.#lastTitle);
    }
    build(village, small, '2026-03-15', { wrong: 'F12', firm: firms[3]! });
    this.truth.push({ label: 'planted', rule: 'F12', note: wrongNotes.F12!, documentNumber: number, regionCode: county.code, period: '' });
    this.#handOut(county, ref, number, byHand);
    // three firms of one township, each a little below what must be tendered
    const [, second, third] = county.towns;
    for (const [index, firm] of firms.slice(0, 3).entries()) {
      build(second!.villages[index % second!.villages.length]!, near4, later('2026-05-04', index * 7), { wrong: 'R055', firm });
      if (index === 0) this.#plant('R055', this.#lastTitle.title, this.#lastTitle.place, wrongNotes.R055!);
    }
    const away = (third ?? county.towns[0]!).villages[0]!;
    build(away, above4, '2026-05-06', { wrong: 'R054', firm: firms[0]! });
    this.#plant('R054', this.#lastTitle.title, this.#lastTitle.place, wrongNotes.R054!);
    build(away, below4, '2026-05-08', { wrong: 'raised-below', firm: firms[1]! });
    this.#likeness('R054', '变更以后仍低于四百万元', this.#lastTitle);
    this.#likeness('R055', '同一乡镇只有两份', this.#lastTitle);
  }

  /** Money for industry simply given to the households of the town with most of them. */
  #handOut(county: Place, indicator: string, documentNumber: string, eachFen: number): void {
    const { town, households } = this.#handedTo(county);
    if (households === 0) return;
    this.#number += 1;
    const plan = `p${this.#number}`;
    const amountFen = eachFen * households;
    this.steps.push({ kind: 'plan', by: `planner:${county.code}`, ref: plan, indicator, planKind: 'direct-benefit', useCode: 'industry', title: `${town.name}产业到户补助`, placeCode: town.code, households, amountFen, plannedOn: '2026-03-06', finishBy: '2026-10-31' });
    this.steps.push({ kind: 'pay', by: `finance:${county.code}`, ref: `z${this.#number}`, plan, voucherNumber: `YKT2026-${String(this.#number).padStart(5, '0')}`, payeeKind: 'household', placeCode: town.code, perHouseholdFen: eachFen, amountFen, paidOn: '2026-04-20' });
    this.truth.push({ label: 'planted', rule: 'F21', note: '产业资金没有项目，直接发到户', documentNumber, regionCode: county.code, period: '' });
  }

  #handedTo(county: Place): { town: Place['towns'][number]; households: number } {
    const [town] = county.towns.toSorted((a, b) => this.#householdsIn(b) - this.#householdsIn(a));
    return { town: town!, households: Math.min(10, this.#householdsIn(town!)) };
  }

  #householdsIn(town: Place['towns'][number]): number {
    return town.villages.reduce((sum, one) => sum + (this.#householdsOf.get(one.code) ?? 0), 0);
  }

  #firmOf(county: Place, cadre: CadreWithFirm, name: string): { ref: string; name: string } {
    this.#number += 1;
    const firm = { ref: `v${this.#number}`, name: `${county.name}${name}` };
    this.steps.push({ kind: 'vendor', by: `planner:${county.code}`, ref: firm.ref, countyCode: county.code, name: firm.name, creditCode: creditCode(this.#random), representativeIdNumber: cadre.idNumber });
    return firm;
  }

  /** Rules of admission that the pool itself enforces: whoever tries is refused, so that no finding arises. */
  #tellRefused(): void {
    const county = this.#counties[0]!;
    const village = county.towns[0]!.villages[0]!;
    for (const [wrong, note] of [['P04', '没有绩效目标，不能申报'], ['P01', '公示第五天就要批准，不予批准']] as const) {
      this.#number += 1;
      const title = this.#titleIn(village.code, `${village.name}文化墙`);
      this.steps.push({ kind: 'project', by: `clerk:${village.code}`, refused: 'wrong-state', ref: `x${this.#number}`, title, placeCode: village.code, categoryCode: 'infrastructure', households: 20, amountFen: 100_000_00, plannedOn: '2026-06-01', milestones: [100_000_00], vendors: this.#vendorsOf(county).slice(0, 1), photo: this.#number, wrong });
      this.truth.push({ label: 'refused', rule: wrong, note, documentNumber: title, regionCode: village.code, period: '' });
    }
  }

  #likeness(rule: string, note: string, about: { title: string; place: string }): void {
    this.truth.push({ label: 'look-alike', rule, note, documentNumber: about.title, regionCode: about.place, period: '' });
  }

  /** Relief for people in need, paid to every registered household of a few towns. */
  #tellDirectBenefits(): void {
    const counties = this.#counties.map((county) => {
      const towns = county.towns
        .map((town) => ({ ...town, households: town.villages.reduce((sum, village) => sum + (this.#householdsOf.get(village.code) ?? 0), 0) }))
        .filter((town) => town.households > 0 && town.households <= 5000)
        .slice(0, 6)
        .map((town, index) => ({ ...town, eachFen: 800_00 + index * 100_00 }));
      return { county, towns, amountFen: towns.reduce((sum, town) => sum + town.households * town.eachFen, 0) };
    });
    const paying = counties.filter((one) => one.amountFen > 0);
    const total = paying.reduce((sum, one) => sum + one.amountFen, 0);
    if (total === 0) return;
    const source = this.#receive('subsistence-allowance', 'direct-benefit', '苏财社', '困难群众救助补助资金', total, '2026-02-03');
    for (const { county, towns, amountFen } of paying) {
      const { ref } = this.#allocate(source, `finance:${city}`, county.code, '淮财社', amountFen, '2026-02-16');
      this.steps.push({ kind: 'arrive', by: `finance:${county.code}`, indicator: ref, arrivedOn: '2026-02-24' });
      this.#number += 1;
      const plan = `p${this.#number}`;
      const households = towns.reduce((sum, town) => sum + town.households, 0);
      this.steps.push({ kind: 'plan', by: `planner:${county.code}`, ref: plan, indicator: ref, planKind: 'direct-benefit', useCode: 'direct-benefit', title: `${county.name}困难家庭一次性生活补助`, placeCode: county.code, households, amountFen, plannedOn: '2026-03-05', finishBy: '2026-11-30' });
      for (const [index, town] of towns.entries()) {
        this.#number += 1;
        this.steps.push({ kind: 'pay', by: `finance:${county.code}`, ref: `z${this.#number}`, plan, voucherNumber: `YKT2026-${String(this.#number).padStart(5, '0')}`, payeeKind: 'household', placeCode: town.code, perHouseholdFen: town.eachFen, amountFen: town.households * town.eachFen, paidOn: later('2026-04-10', index * 14) });
      }
    }
  }

  /** Given in 2024 and never used: carried over twice, idle for more than two years on the day of the demo. */
  #tellIdleDonation(): void {
    const donation = this.#receive('social-donation', 'as-donated', '淮慈', '企业捐赠帮扶资金', this.#sum(20_000_000_00), '2024-08-12');
    const first = this.#next('淮财结', 2025);
    const by = `finance:${city}`;
    this.steps.push({ kind: 'carry', by, ref: 'carried-1', indicator: donation, carriedOn: '2025-01-14', documentNumber: first });
    const second = this.#next('淮财结');
    this.steps.push({ kind: 'carry', by, ref: 'carried-2', indicator: 'carried-1', carriedOn: '2026-01-13', documentNumber: second });
    this.truth.push({ label: 'planted', rule: 'F08', note: '捐赠资金闲置超过两年', documentNumber: second, regionCode: city, period: '' });
    // received four weeks ago: nothing is wrong with that
    this.#receive('bridging-city', 'industry', '淮财预', '市级帮扶专项资金', this.#sum(200_000_000_00), daysBefore(34));
    const number = this.steps.findLast((step) => step.kind === 'document')!.number;
    this.truth.push({ label: 'look-alike', rule: 'F07', note: '到账不满三十天', documentNumber: number, regionCode: city, period: '' });
  }

  /** Last year's money of one county: half is spent, the rest recalled at the end of the year. */
  #tellRecalledFund(): void {
    const county = this.#counties[0]!;
    const amount = this.#sum(60_000_000_00);
    const source = this.#receive('bridging-city', 'industry', '淮财预', '市级帮扶专项资金', amount, '2025-03-04');
    const { ref } = this.#allocate(source, `finance:${city}`, county.code, '淮财农', amount, '2025-03-18');
    this.steps.push({ kind: 'arrive', by: `finance:${county.code}`, indicator: ref, arrivedOn: '2025-03-24' });
    const half = rounded(amount / 2);
    this.#project(`planner:${county.code}`, `finance:${county.code}`, ref, county.towns[0]!.villages, half, '2025-04-10', 'industry', 1);
    const document = this.steps.findLast((step) => step.kind === 'document')!.number;
    this.truth.push({ label: 'planted', rule: 'F08', note: '收回以后闲置超过一年', documentNumber: document, regionCode: city, period: '' });
    this.steps.push({ kind: 'recall', by: `finance:${city}`, indicator: ref, amountFen: amount - half, recalledOn: '2025-12-18', reason: '年底收回未安排资金统筹使用' });
  }
}
