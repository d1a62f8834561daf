import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { authorize } from '#platform/authorization/authorize.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { handleList } from '#platform/http/list-route.ts';
import { listLedgerAlarms, settleLedgerAlarm } from './ledger/ledger-alarms.ts';
import { allocateIndicator } from './trail/allocate-indicator.ts';
import { carryForward } from './trail/carry-forward.ts';
import { confirmArrival } from './trail/confirm-arrival.ts';
import { createIndicator } from './trail/create-indicator.ts';
import { attachFundEvidence, openFundEvidence } from './trail/fund-evidence.ts';
import { payPlan } from './trail/pay-plan.ts';
import { planUse } from './trail/plan-use.ts';
import { recallAllocation } from './trail/recall-allocation.ts';
import { recordSourceDocument } from './trail/record-document.ts';
import { reverseTransaction } from './trail/reverse-transaction.ts';
import { getFundSummary } from './views/fund-summary.ts';
import { documentColumns, exportIndicators, listIndicators, listSourceDocuments } from './views/list-indicators.ts';
import { exportTransactions, listTransactions, viewTransaction } from './views/list-transactions.ts';
import { getPublicFunds } from './views/public-funds.ts';
import { traceHousehold, traceIndicator } from './views/trace.ts';
import { viewFundCatalogue } from './views/view-catalogue.ts';
import { viewIndicator } from './views/view-indicator.ts';

export function registerFundRoutes(app: FastifyInstance): void {
  handle(app, spec.getFundCatalogue, async ({ actor }) => viewFundCatalogue(actor));
  handle(app, spec.getFundSummary, async ({ actor, query }) => getFundSummary(actor, query));
  handleList(app, spec.listSourceDocuments, spec.exportSourceDocuments, { name: 'fund-documents', read: listSourceDocuments, columns: documentColumns });
  handle(app, spec.recordSourceDocument, async ({ actor, body }) => recordSourceDocument(actor, body));
  handle(app, spec.listIndicators, async ({ actor, query }) => listIndicators(actor, query));
  handle(app, spec.exportIndicators, async ({ actor, query, locale, reply }) => reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="indicators.csv"').send(await exportIndicators(actor, query, locale)));
  handle(app, spec.createIndicator, async ({ actor, body }) => createIndicator(actor, body));
  handle(app, spec.getIndicator, async ({ actor, params }) => viewIndicator(actor, params.id));
  handle(app, spec.traceIndicator, async ({ actor, params }) => traceIndicator(actor, params.id));
  handle(app, spec.traceHousehold, async ({ actor, params }) => traceHousehold(actor, params.id));
  handle(app, spec.allocateIndicator, async ({ actor, params, body }) => allocateIndicator(actor, params.id, body));
  handle(app, spec.confirmArrival, async ({ actor, params, body }) => confirmArrival(actor, params.id, body));
  handle(app, spec.recallAllocation, async ({ actor, params, body }) => recallAllocation(actor, params.id, body));
  handle(app, spec.carryForward, async ({ actor, params, body }) => carryForward(actor, params.id, body));
  handle(app, spec.planUse, async ({ actor, params, body }) => planUse(actor, params.id, body));
  handle(app, spec.payPlan, async ({ actor, params, body }) => payPlan(actor, params.id, body));
  handle(app, spec.listTransactions, async ({ actor, query }) => listTransactions(actor, query));
  handle(app, spec.exportTransactions, async ({ actor, query, locale, reply }) => reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="ledger.csv"').send(await exportTransactions(actor, query, locale)));
  handle(app, spec.getTransaction, async ({ actor, params }) => viewTransaction(actor, params.id));
  handle(app, spec.reverseTransaction, async ({ actor, params, body }) => reverseTransaction(actor, params.id, body));
  const evidence = [
    ['document', 'fund.allocate', spec.attachToFundDocument, spec.downloadFundDocumentFile],
    ['transaction', 'fund.pay', spec.attachToTransaction, spec.downloadTransactionFile],
  ] as const;
  for (const [kind, permission, attach, download] of evidence) {
    handle(app, attach, async ({ actor, params, receiveUpload }) => {
      authorize(actor, permission);
      return attachFundEvidence(actor, kind, params.id, await receiveUpload());
    });
    handle(app, download, async ({ actor, params, reply }) => {
      const file = await openFundEvidence(actor, kind, params.id, params.attachmentId);
      return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).type('application/octet-stream').send(file.stream);
    });
  }
  handle(app, spec.listLedgerAlarms, async ({ actor }) => listLedgerAlarms(actor));
  handle(app, spec.settleLedgerAlarm, async ({ actor, params, body }) => settleLedgerAlarm(actor, params.id, body));
  handle(app, spec.getPublicFunds, async ({ query }) => getPublicFunds(query));
}
