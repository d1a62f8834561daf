import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoAsOf, directly, raised, type FundStep } from '@sunlit/demo';
import { addDays } from '@sunlit/kernel';
import type { ProjectAction } from '@sunlit/api-spec';
import sharp from 'sharp';
import type { Actor } from '#platform/authorization/actor.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import * as registry from '#modules/registries/projects/index.ts';

/** Who does the step at hand, and what the steps before it made. */
export interface Making {
  actor: Actor;
  /** the id of the next command of this step: the same one when the file is performed again */
  nextId: () => string;
  actorOf: (by: string) => Promise<Actor>;
  known: (ref: string) => string;
  remember: (ref: string, id: string) => void;
}
type StepOf<Kind extends FundStep['kind']> = Extract<FundStep, { kind: Kind }>;

const townOf = (placeCode: string) => `${placeCode.slice(0, 9)}000`;
const countyOf = (placeCode: string) => `${placeCode.slice(0, 6)}000000`;

export async function makeVendor({ actor, nextId }: Making, step: StepOf<'vendor'>): Promise<string> {
  return (await registry.recordVendor(actor, { commandId: nextId(), creditCode: step.creditCode, name: step.name, debarredUntil: null, ...(step.representativeIdNumber ? { representativeIdNumber: step.representativeIdNumber } : {}) })).id;
}

/** From the village's declaration to the signed contract. Days are counted back from the day the money was planned. */
export async function makeProject(making: Making, step: StepOf<'project'>): Promise<{ id: string; contractId: string; paperId: string }> {
  const { actor: clerk, nextId, actorOf } = making;
  const [town, officer, finance] = [await actorOf(`town:${townOf(step.placeCode)}`), await actorOf(`planner:${countyOf(step.placeCode)}`), await actorOf(`finance:${countyOf(step.placeCode)}`)];
  const day = (days: number) => addDays(step.plannedOn, days);
  const { id } = await registry.createProject(clerk, {
    commandId: nextId(),
    title: step.title,
    regionCode: step.placeCode,
    categoryCode: step.categoryCode,
    fiscalYear: Number(step.plannedOn.slice(0, 4)),
    responsibleUnit: '村股份经济合作社',
    works: `${step.title}的土建、设备和配套`,
    mechanism: '优先用工，收益按村民会议决议分配给帮扶对象',
    households: step.households,
    budgetFen: step.amountFen,
    startOn: day(8),
    finishBy: day(150),
    targets: step.wrong === 'P04' ? [] : [
      { kind: 'quantity', title: '建成规模', unit: '处', target: 1 },
      { kind: 'economic', title: '年收益率', unit: '%', target: 5 },
      { kind: 'satisfaction', title: '群众满意度', unit: '%', target: 95 },
    ],
    stages: [
      { title: '基础施工', sharePercent: 40, startOn: day(8), finishBy: day(60) },
      { title: '主体和安装', sharePercent: 60, startOn: day(61), finishBy: day(150) },
    ],
  });
  await registry.recordProjectVote(clerk, id, { commandId: nextId(), meeting: 'representatives', heldOn: day(-100), eligible: 45, present: 40, inFavour: 39, minutesNumber: `村民代表会议〔${day(-100).slice(0, 4)}〕3号` });
  let version = 1;
  const take = async (actor: Actor, action: ProjectAction, happenedOn: string, more: object = {}) => {
    await registry.takeProjectStep(actor, id, { commandId: nextId(), action, happenedOn, expectedVersion: version, ...more });
    version += 1;
  };
  await take(clerk, 'declare', day(-95));
  for (const kind of ['expert', 'accounting-firm'] as const) {
    await registry.recordOpinion(town, id, { commandId: nextId(), kind, reviewer: kind === 'expert' ? '县农业农村局专家组' : '某会计师事务所', result: 'agree', score: 80 + (step.photo % 15), summary: '方案可行，测算合理', givenOn: day(-85) });
  }
  await take(town, 'review', day(-80));
  await take(town, 'rank', day(-75), { rank: 1 + (step.photo % 9), reason: '带动户多、建设条件成熟' });
  await take(town, 'publish', day(-62));
  await take(officer, 'approve', step.wrong === 'P01' ? day(-57) : day(-45), { approvalNumber: `农发〔${day(-45).slice(0, 4)}〕${step.photo}号` });
  const paperId = await addPapers(making, town, officer, id, step);
  const isRaised = step.wrong !== undefined && step.wrong in raised;
  const tenderId = (directly as readonly (string | undefined)[]).includes(step.wrong) ? null : await makeTender(making, id, step, town, finance);
  const parts = isRaised ? step.milestones.slice(0, -1) : step.milestones;
  const contract = await registry.signContract(town, id, {
    commandId: nextId(),
    tenderId,
    ...(tenderId === null ? { directReason: '合同金额低于必须招标的标准，经班子会议集体研究直接发包' } : {}),
    vendorId: making.known(step.vendors[0]!),
    number: `HT-${step.placeCode.slice(0, 9)}-${step.ref}`,
    title: `${step.title}施工合同`,
    valueFen: parts.reduce((sum, part) => sum + part, 0),
    signedOn: step.wrong === 'R060' ? day(8) : day(5),
    startOn: day(8),
    finishBy: day(150),
    retentionPercent: 0,
    retentionUntil: day(150),
    milestones: parts.map((amountFen, index) => ({ title: ['开工', '完工', '质保期满'][index] ?? '其他', dueOn: day([30, 120, 170][index] ?? 170), amountFen })),
  });
  await registry.recordContractItems(town, contract.id, { commandId: nextId(), items: itemsOf(step, parts.reduce((sum, part) => sum + part, 0)) });
  if (isRaised) await registry.amendContract(officer, contract.id, { commandId: nextId(), amendedOn: day(40), changeFen: step.milestones.at(-1)!, finishBy: day(150), reason: '增加附属工程' });
  await take(town, 'start', day(8));
  return { id, contractId: contract.id, paperId };
}

/** What a project is built of, by its name: kind of works, reference price, what the list calls it. */
const worksOf = [
  ['大棚', 'greenhouse', 18_000, '温室大棚'],
  ['光伏', 'solar-power', 380_000, '光伏组件和支架'],
  ['养殖', 'earthwork', 1_800, '塘田土方'],
  ['冷链', 'cold-store', 90_000, '冷库'],
  ['机耕路', 'road', 13_500, '混凝土路面'],
  ['泵站', 'ditch', 32_000, '衬砌渠道'],
  ['', 'building', 145_000, '主体土建'],
] as const;

/** Two thirds for the works themselves at about the reference price, the rest as a lump sum, so that the list makes the contract. */
function itemsOf(step: StepOf<'project'>, valueFen: number) {
  const [, itemCode, referenceFen, title] = worksOf.find(([word]) => step.title.includes(word))!;
  const unitPriceFen = Math.round(referenceFen * (step.wrong === 'F17' ? 1.4 : step.wrong === 'price-near' ? 1.1 : 0.92 + (step.photo % 12) / 100));
  const quantity = Math.max(1, Math.floor((valueFen * 2) / 3 / unitPriceFen));
  return [
    { itemCode, title, quantity, unitPriceFen },
    { itemCode: 'other', title: '设备、水电和配套', quantity: 1, unitPriceFen: valueFen - quantity * unitPriceFen },
  ];
}

async function makeTender({ nextId, known }: Making, projectId: string, step: StepOf<'project'>, town: Actor, finance: Actor): Promise<string> {
  const { wrong } = step;
  const day = (days: number) => addDays(step.plannedOn, days);
  const slow = wrong === 'R060';
  const dueOn = slow ? day(-24) : day(-10);
  const { id } = await registry.publishTender(town, projectId, { commandId: nextId(), number: `ZB-${step.placeCode.slice(0, 9)}-${step.ref}`, title: `${step.title}施工`, method: 'open', estimateFen: Math.round(step.amountFen / (wrong === 'R031' ? 1 / 0.95 : wrong === 'R058' ? 0.65 : 1)), priceOnly: wrong === 'R036', publishedOn: wrong === 'R003' ? day(-14) : slow ? day(-44) : day(-34), bidsDueAt: `${dueOn}T09:00:00+08:00` });
  const alike = Math.round(step.amountFen * 1.04);
  const amounts = [step.amountFen, wrong === 'F16' ? alike : Math.round(step.amountFen * (wrong === 'R036' ? 0.93 : wrong === 'R024' ? 1.004 : 1.03)), wrong === 'F16' ? alike : Math.round(step.amountFen * 1.05)];
  const bids: string[] = [];
  for (const [index, vendor] of step.vendors.entries()) {
    if (wrong === 'R018' && index > 0) continue;
    const receivedAt = wrong === 'R030' && index === 0 ? `${dueOn}T10:30:00+08:00` : `${addDays(dueOn, -1)}T1${index}:00:00+08:00`;
    bids.push((await registry.recordBid(town, id, { commandId: nextId(), vendorId: known(vendor), amountFen: amounts[index]!, receivedAt })).id);
  }
  const out = wrong === 'R035' ? bids.slice(1) : wrong === 'R036' ? bids.slice(1, 2) : [];
  await registry.awardTender(finance, id, { commandId: nextId(), bidId: bids[0]!, awardedOn: slow ? dueOn : day(-6), awardNumber: `ZBTZ-${step.ref}`, disqualified: out.map((bidId) => ({ bidId, reason: '资格文件不符合要求' })) });
  return id;
}

const papers = ['plan', 'minutes', 'notice', 'works-contract', 'supervision-report', 'acceptance-report'] as const;

/** The papers of a project, and a picture of its own unless it borrows one. Returns the paper that shows the measured work. */
async function addPapers({ nextId }: Making, town: Actor, officer: Actor, projectId: string, step: StepOf<'project'>): Promise<string> {
  return withPrivateFolder(
    async (folder) => {
      const add = async (kind: string, fileName: string, content: Buffer) => {
        const path = join(folder, fileName);
        await writeFile(path, content);
        return (await registry.addProjectDocument(town, projectId, { path, fileName, mediaType: 'application/octet-stream', size: content.length, fields: { kind, commandId: nextId() } })).id;
      };
      for (const kind of papers) if (!(kind === 'acceptance-report' && step.wrong === 'P06')) await add(kind, `${kind}.pdf`, Buffer.from(`%PDF-1.4\n${kind} ${step.ref}`));
      const photoId = await add('photo', 'site.jpg', await drawPicture(step.photo));
      if (step.photo % 2 === 0) await registry.releaseProjectPhoto(officer, projectId, photoId, { commandId: nextId(), release: true, caption: '施工现场', noFaces: true });
      return add('measurement', 'measurement.pdf', Buffer.from(`%PDF-1.4\nmeasurement ${step.ref}`));
    },
    { bytes: 1_000_000 },
  );
}

/** A drawn building site: no two numbers give the same picture. */
async function drawPicture(number: number): Promise<Buffer> {
  const bar = (index: number) => `<rect x="${20 + index * 46}" y="${210 - ((number * (index + 3) * 37) % 150)}" width="36" height="${(number * (index + 3) * 37) % 150}" fill="hsl(${(number * 53 + index * 40) % 360} 35% ${40 + ((number + index * 7) % 30)}%)"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="280"><rect width="420" height="280" fill="hsl(${(number * 29) % 360} 30% 85%)"/><rect y="210" width="420" height="70" fill="#8a7a5c"/>${Array.from({ length: 8 }, (_, index) => bar(index)).join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}

/** Reports progress and closes what is finished, as far as the demo's day allows. */
export async function makeWorks({ actor: town, nextId, actorOf, known }: Making, step: StepOf<'works'>): Promise<void> {
  const id = known(step.project);
  const day = (days: number) => addDays(step.plannedOn, days);
  const report = async (stage: number, donePercent: number, reportedOn: string) => {
    if (reportedOn <= demoAsOf) await registry.reportProgress(town, id, { commandId: nextId(), stage, donePercent, reportedOn, note: '按计量单填报' });
  };
  const recently = addDays(demoAsOf, -11);
  if (step.wrong === 'P05') return report(1, 50, day(30));
  if (step.wrong === 'F10') return report(1, 50, recently);
  await report(1, 100, day(50));
  if (step.progress < 1) return report(2, 20, recently);
  await report(2, 100, day(105));
  if (day(108) > demoAsOf) return;
  const take = (actor: Actor, action: ProjectAction, on: string, expectedVersion: number, more: object = {}) => registry.takeProjectStep(actor, id, { commandId: nextId(), action, happenedOn: on, expectedVersion, ...more });
  const contractId = known(`${step.project}:contract`);
  const planner = await actorOf(`planner:${countyOf(town.regionCode)}`);
  const built = (await registry.viewContract(planner, contractId)).items[0]!;
  await registry.measureContractItem(planner, contractId, { commandId: nextId(), ordinal: 1, quantity: Math.floor(built.quantity * (step.wrong === 'measured-less' ? 0.7 : 0.97)), measuredOn: day(107), documentId: known(`${step.project}:paper`) });
  // declared, reviewed, ranked, published, approved, started: the version follows
  await take(town, 'complete', day(108), 7);
  if (step.wrong === 'P06' || day(118) > demoAsOf) return;
  await take(await actorOf(`planner:${countyOf(town.regionCode)}`), 'accept', day(118), 8, { reason: '资料齐全，质量合格', actuals: [1, 5.2, 96] });
}

/** Confirms the milestone, records the invoice and pays it. */
export async function payMilestone({ actor: finance, nextId, actorOf, known, remember }: Making, step: StepOf<'pay'>): Promise<string> {
  const contractId = known(`${step.project!}:contract`);
  const planner = await actorOf(`planner:${countyOf(finance.regionCode)}`);
  // issued again after a reversal: the milestone stands, the invoice too
  const again = step.ref.endsWith('b');
  const milestone = step.milestone!;
  if (!again) await registry.confirmMilestone(planner, contractId, { commandId: nextId(), milestone, metOn: addDays(step.paidOn, -3), documentId: known(`${step.project!}:paper`) });
  const invoiceId = again ? known(`invoice:${step.invoiceNumber!}`) : (await registry.recordInvoice(planner, contractId, { commandId: nextId(), number: step.invoiceNumber!, issuedOn: addDays(step.paidOn, -2), amountFen: step.amountFen })).id;
  remember(`invoice:${step.invoiceNumber!}`, invoiceId);
  const paid = await registry.payContract(finance, contractId, { commandId: nextId(), planId: known(step.plan), milestone, invoiceIds: [invoiceId], voucherNumber: step.voucherNumber, accountKind: step.wrong === 'F12' ? 'personal' : 'unit', amountFen: step.amountFen, paidOn: step.paidOn });
  if (step.wrong === 'F14') await registry.voidInvoice(planner, invoiceId, { commandId: nextId(), voidOn: addDays(step.paidOn, 10), reason: '销货退回' });
  return paid.transactionId;
}
