import { isNaturalPerson, vendorReference } from './public-vendor.ts';
import type { PublicContract, PublicProcess, PublicVendor } from './process-rows.ts';
import type { OpenContractingPublisher } from '../project-policy-kinds.ts';
import { workItemTitle } from '../project-catalogue.ts';
import { stateTitle } from '../pool/project-workflow.ts';

const value = (fen: number) => ({ amount: fen / 100, currency: 'CNY' });
/** A calendar day as the moment it begins in China. */
export const moment = (day: string) => `${day}T00:00:00+08:00`;

type Prefixes = Pick<OpenContractingPublisher, 'releasePrefix' | 'projectPrefix'>;
export const ocidOf = ({ releasePrefix }: Prefixes, processId: string): string => `${releasePrefix}-${processId}`;
export const openProjectId = ({ projectPrefix }: Prefixes, projectId: string): string => `${projectPrefix}-${projectId}`;

/** The buyer is an office or a village organisation; it has no registered number here. */
export const buyerOf = (process: Pick<PublicProcess, 'project'>) => ({ id: `sunlit-unit-${process.project.county_code}-${process.project.responsible_unit}`, name: process.project.responsible_unit });

/** What the law calls the three ways. */
const methodDetails = { open: '公开招标', limited: '邀请招标', direct: '直接发包' } as const;

const milestoneStatus = (met: string | null, due: string, day: string) => (met === null ? (due < day ? 'notMet' : 'scheduled') : 'met');

/** One contracting process in OCDS 1.1, as it stands today. Firms by their register number, natural persons never by name. */
export function ocdsRelease(process: PublicProcess, prefixes: Prefixes, day: string): Record<string, unknown> {
  const { project, tender, contracts } = process;
  const changed = [project.changed_at, ...(tender ? [tender.recorded_at] : []), ...contracts.map((one) => one.recorded_at)].sort((a, b) => b.getTime() - a.getTime())[0]!;
  const buyer = buyerOf(process);
  return {
    ocid: ocidOf(prefixes, process.id),
    id: `${process.id}-${changed.getTime()}`,
    date: changed.toISOString(),
    language: 'zh',
    tag: tagsOf(process),
    initiationType: 'tender',
    parties: partiesOf(process),
    buyer,
    planning: {
      rationale: project.mechanism,
      budget: { id: project.number, description: project.title, amount: value(project.budget_fen), project: project.title, projectID: openProjectId(prefixes, project.id) },
    },
    tender: tender ? tenderOf(process, day) : directOf(process),
    ...(process.bids.length > 0 ? { bids: { details: process.bids.map((bid) => ({ id: bid.id, date: bid.received_at.toISOString(), status: bid.state, tenderers: [vendorReference(bid.vendor)], value: value(bid.amount_fen) })) } } : {}),
    awards: awardsOf(process),
    contracts: contracts.map((contract) => contractOf(process, contract, day)),
  };
}

/** Everything that has happened: the release tells the whole process as it stands. */
function tagsOf({ tender, contracts }: PublicProcess): string[] {
  return [
    ...(tender ? ['tender'] : []),
    ...(tender?.state === 'cancelled' ? ['tenderCancellation'] : []),
    ...(contracts.length > 0 || tender?.state === 'awarded' ? ['award'] : []),
    ...(contracts.length > 0 ? ['contract'] : []),
    ...(contracts.some(({ amendments }) => amendments.length > 0) ? ['contractAmendment'] : []),
    ...(contracts.some(({ payments, milestones }) => payments.length > 0 || milestones.some(({ met_on }) => met_on !== null)) ? ['implementation'] : []),
    ...(contracts.some(({ state }) => state === 'terminated') ? ['contractTermination'] : []),
  ];
}

function partiesOf(process: PublicProcess) {
  const roles = new Map<string, { vendor: PublicVendor; roles: Set<string> }>();
  const add = (vendor: PublicVendor, role: string) => {
    const known = roles.get(vendor.id) ?? { vendor, roles: new Set<string>() };
    known.roles.add(role);
    roles.set(vendor.id, known);
  };
  for (const bid of process.bids) add(bid.vendor, 'tenderer');
  for (const contract of process.contracts) {
    add(contract.vendor, 'supplier');
    if (contract.payments.length > 0) add(contract.vendor, 'payee');
  }
  return [
    { ...buyerOf(process), roles: ['buyer', 'procuringEntity', 'payer'] },
    ...[...roles.values()].map(({ vendor, roles: own }) => ({ ...vendorReference(vendor), ...(isNaturalPerson(vendor) ? {} : { identifier: { scheme: 'CN-SAIC', id: vendor.credit_code, legalName: vendor.name } }), roles: [...own] })),
  ];
}

function tenderOf(process: PublicProcess, day: string) {
  const tender = process.tender!;
  return {
    id: tender.number,
    title: tender.title,
    status: tender.state === 'active' ? 'active' : tender.state === 'awarded' ? 'complete' : 'cancelled',
    procuringEntity: buyerOf(process),
    value: value(tender.estimate_fen),
    procurementMethod: tender.method_code,
    procurementMethodDetails: methodDetails[tender.method_code],
    ...(tender.method_reason ? { procurementMethodRationale: tender.method_reason } : {}),
    mainProcurementCategory: 'works',
    awardCriteria: tender.price_only ? 'priceOnly' : 'ratedCriteria',
    tenderPeriod: { startDate: moment(tender.published_on), endDate: tender.bids_due_at.toISOString() },
    numberOfTenderers: process.bids.length,
    tenderers: process.bids.map((bid) => vendorReference(bid.vendor)),
    ...(tender.awarded_on ? { awardPeriod: { startDate: tender.bids_due_at.toISOString(), endDate: moment(tender.awarded_on) } } : {}),
    ...(tender.closed_reason ? { description: tender.closed_reason } : {}),
    milestones: process.contracts.flatMap((contract) => contract.milestones.map((one) => ({ id: `${contract.number}-${one.ordinal}`, title: one.title, type: 'delivery', dueDate: moment(one.due_on), status: milestoneStatus(one.met_on, one.due_on, day) }))).slice(0, 100),
  };
}

/** Given without a tender: said in so many words, since tools that look for direct awards read the method. */
function directOf(process: PublicProcess) {
  const [contract] = process.contracts;
  return {
    id: `direct-${process.id}`,
    title: contract?.title ?? process.project.title,
    status: 'complete',
    procuringEntity: buyerOf(process),
    procurementMethod: 'direct',
    procurementMethodDetails: methodDetails.direct,
    ...(contract?.direct_reason ? { procurementMethodRationale: contract.direct_reason } : {}),
    mainProcurementCategory: 'works',
    ...(contract ? { value: value(contract.signed_fen), numberOfTenderers: 1, tenderers: [vendorReference(contract.vendor)] } : {}),
  };
}

/** A contract without a tender has an award of its own: OCDS wants each contract to name one. */
const awardIdOf = (process: PublicProcess, contract: PublicContract) => process.tender?.awarded_bid_id ?? `award-${contract.id}`;

function awardsOf(process: PublicProcess) {
  const winner = process.bids.find(({ id }) => id === process.tender?.awarded_bid_id);
  if (winner) return [{ id: winner.id, title: process.tender!.title, status: 'active', date: moment(process.tender!.awarded_on!), value: value(winner.amount_fen), suppliers: [vendorReference(winner.vendor)] }];
  return process.contracts.map((contract) => ({ id: awardIdOf(process, contract), title: contract.title, status: 'active', date: moment(contract.signed_on), value: value(contract.signed_fen), suppliers: [vendorReference(contract.vendor)] }));
}

/** What is built, in how many units at what price. */
function itemOf(item: PublicContract['items'][number]) {
  const { title, unit } = workItemTitle(item.item_code);
  return { id: String(item.ordinal), description: item.title, classification: { scheme: 'x_sunlit-works', id: item.item_code, description: title.zh }, quantity: item.quantity_thousandths / 1000, unit: { name: unit.zh, value: value(item.unit_price_fen) } };
}

function contractOf(process: PublicProcess, contract: PublicContract, day: string) {
  const supplier = vendorReference(contract.vendor);
  return {
    id: contract.number,
    awardID: awardIdOf(process, contract),
    title: contract.title,
    description: `${process.project.title}（${stateTitle(process.project.state).title.zh}）`,
    status: contract.state === 'active' ? 'active' : 'terminated',
    period: { startDate: moment(contract.start_on), endDate: moment(contract.finish_by) },
    value: value(contract.value_fen),
    dateSigned: moment(contract.signed_on),
    items: contract.items.map((one) => itemOf(one)),
    amendments: contract.amendments.map((one) => ({ id: one.id, date: moment(one.amended_on), rationale: one.reason, description: `${(one.change_fen / 100).toFixed(2)} CNY` })),
    implementation: {
      transactions: contract.payments.map((one) => ({ id: one.voucherNumber, date: moment(one.paidOn), value: value(one.amountFen), payer: buyerOf(process), payee: supplier })),
      milestones: contract.milestones.map((one) => ({ id: String(one.ordinal), title: one.title, type: 'payment', dueDate: moment(one.due_on), ...(one.met_on ? { dateMet: moment(one.met_on) } : {}), status: milestoneStatus(one.met_on, one.due_on, day) })),
    },
  };
}
