import type { RegionSummary } from '@sunlit/api-spec';
import { getCategory } from '../project-catalogue.ts';
import type { OpenContractingPublisher } from '../project-policy-kinds.ts';
import { buyerOf, moment, ocidOf, ocdsRelease, openProjectId } from './ocds-release.ts';
import { publicVendorName, vendorReference } from './public-vendor.ts';
import type { PublicProject } from './process-rows.ts';

const value = (fen: number) => ({ amount: fen / 100, currency: 'CNY' });

function statusOf(state: string): string {
  if (state === 'cancelled') return 'cancelled';
  if (state === 'under-way') return 'implementation';
  if (['completed', 'accepted', 'audited'].includes(state)) return 'completion';
  return state === 'settled' ? 'maintenance' : state === 'approved' ? 'preparation' : 'identification';
}

/** One project in OC4IDS 0.9 with its contracting processes. */
export function oc4idsProject(found: PublicProject, publisher: OpenContractingPublisher, name: (code: string) => RegionSummary, day: string, base: string): Record<string, unknown> {
  const { project, processes } = found;
  const region = name(project.region_code);
  const suppliers = new Map(processes.flatMap(({ contracts }) => contracts.map(({ vendor }) => [vendor.id, vendor] as const)));
  const authority = buyerOf({ project });
  return {
    id: openProjectId(publisher, project.id),
    updated: project.changed_at.toISOString(),
    language: 'zh',
    title: project.title,
    description: project.works,
    purpose: project.mechanism,
    status: statusOf(project.state),
    type: 'construction',
    sector: [getCategory(project.category_code).sector],
    period: { startDate: moment(project.started_on ?? project.start_on), endDate: moment(project.completed_on ?? project.finish_by) },
    locations: [{ id: project.region_code, description: region.fullName, gazetteer: { scheme: 'CN-STATS', identifiers: [project.region_code] } }],
    budget: { amount: value(project.budget_fen), ...(project.approved_on ? { approvalDate: moment(project.approved_on) } : {}) },
    publicAuthority: authority,
    parties: [{ ...authority, roles: ['publicAuthority', 'buyer'] }, ...[...suppliers.values()].map((vendor) => ({ ...vendorReference(vendor), roles: ['supplier'] }))],
    transactions: processes.flatMap(({ contracts }) => contracts.flatMap((contract) => contract.payments.map((one) => ({ id: one.voucherNumber, date: moment(one.paidOn), value: value(one.amountFen), payee: vendorReference(contract.vendor) })))),
    metrics: [{ id: 'physical-progress', title: '工程进度', observations: [{ id: '1', measure: String(project.physical_percent), unit: { name: '%' } }] }],
    ...(project.settled_on ? { completion: { endDate: moment(project.completed_on ?? project.settled_on), finalValue: value(project.settlement_fen ?? 0) } } : {}),
    contractingProcesses: processes.map((process) => ({
      id: ocidOf(publisher, process.id),
      summary: {
        ocid: ocidOf(publisher, process.id),
        nature: ['construction'],
        title: process.tender?.title ?? process.contracts[0]?.title ?? project.title,
        status: process.contracts.some(({ state }) => state === 'active') ? 'active' : process.contracts.length > 0 ? 'closed' : 'pre-award',
        ...(process.tender ? { tender: { procurementMethod: process.tender.method_code, costEstimate: value(process.tender.estimate_fen), numberOfTenderers: process.bids.length, tenderers: process.bids.map(({ vendor }) => vendorReference(vendor)) } } : { tender: { procurementMethod: 'direct', numberOfTenderers: process.contracts.length } }),
        suppliers: process.contracts.map(({ vendor }) => ({ ...vendorReference(vendor), name: publicVendorName(vendor) })),
        contractValue: value(process.contracts.reduce((sum, one) => sum + one.signed_fen, 0)),
        modifications: process.contracts.flatMap(({ amendments }) => amendments.map((one) => ({ id: one.id, date: moment(one.amended_on), rationale: one.reason, description: `${(one.change_fen / 100).toFixed(2)} CNY`, type: one.change_fen === 0 ? 'duration' : 'value' }))),
      },
      releases: [{ id: String(ocdsRelease(process, publisher, day).id), tag: ['contract'], date: moment(day), url: `${base}/api/public/open-contracting/releases/${process.id}` }],
    })),
  };
}
