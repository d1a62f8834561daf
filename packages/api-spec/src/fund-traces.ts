import { z } from 'zod';
import { fen, id, idParams, regionSummary } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { clock } from './funds.ts';

const tag = 'funds';

/** What a hop shows by itself, before any rule has looked. */
export const traceTrouble = z.enum(['idle', 'late', 'short', 'over', 'off-purpose', 'missing-hop']);
export type TraceTrouble = z.output<typeof traceTrouble>;
export const traceNode = z.object({
  id: z.string(),
  /** `batch`: a list of pay-outs, by its id; beyond it households are only counted */
  kind: z.enum(['document', 'indicator', 'plan', 'batch', 'project', 'contract', 'milestone', 'payee', 'asset', 'income', 'rest', 'household']),
  label: z.string(),
  /** how many households a list paid */
  households: z.number().int().optional(),
  region: regionSummary.nullable(),
  amountFen: fen,
  indicatorId: id.nullable(),
  /** the project a plan pays for, when it names one */
  projectId: id.nullable(),
  /** of the source document: the number it is found by */
  documentNumber: z.string().optional(),
  /** of an income that no document gave: the receipt its asset is found by */
  receiptNumber: z.string().optional(),
  /** of a contract and its milestones */
  contractId: id.optional(),
  /** of a payee that is a vendor of the registry */
  vendorId: id.optional(),
  clock: clock.nullable(),
  trouble: z.array(traceTrouble),
});
export const traceLink = z.object({ from: z.string(), to: z.string(), amountFen: fen, transactionId: id.nullable() });
export const traceView = z.object({ nodes: z.array(traceNode), links: z.array(traceLink), truncated: z.boolean() });
export type TraceView = z.output<typeof traceView>;
export const traceIndicator = defineEndpoint({
  method: 'GET',
  path: '/api/funds/indicators/:id/trace',
  access: 'fund.read',
  tag,
  summary: 'Where did this money go? Source, hops, plans, payees and what is stuck on the way',
  params: idParams,
  response: traceView,
});
export const traceHousehold = defineEndpoint({
  method: 'GET',
  path: '/api/funds/households/:id/trace',
  access: 'fund.read',
  tag,
  summary: 'Where does this household’s money come from? The look-up is recorded',
  params: idParams,
  response: traceView,
});
