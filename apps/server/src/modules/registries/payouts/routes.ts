import * as spec from '@sunlit/api-spec';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { authorize } from '#platform/authorization/authorize.ts';
import { sendNotice } from '#platform/http/household-notice.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { approveBatch } from './batches/approve-batch.ts';
import { confirmCheck } from './batches/confirm-check.ts';
import { createBatch } from './batches/create-batch.ts';
import { exportBatches, listBatches } from './batches/list-batches.ts';
import { listHouseholdPayouts } from './batches/list-household-payouts.ts';
import { listPlans } from './batches/list-plans.ts';
import { exportLines, listLines } from './batches/list-lines.ts';
import { viewBatch } from './batches/view-batch.ts';
import { withdrawBatch } from './batches/withdraw-batch.ts';
import { importResults } from './bank/import-results.ts';
import { listBankRecords } from './bank/list-records.ts';
import { exportWork, listWork } from './bank/list-work.ts';
import { reissueLines } from './bank/reissue-lines.ts';
import { openBankFile, sendBatch } from './bank/send-batch.ts';
import { decideProposal } from './check/decide-proposal.ts';
import { examineBatch } from './check/examine-batch.ts';
import { endHold } from './check/end-hold.ts';
import { holdEndNotice, holdNotice } from './check/hold-notice.ts';
import { listProposals } from './check/list-proposals.ts';
import { exportEntitlements, listEntitlements } from './entitlements/list-entitlements.ts';

const csv = (reply: FastifyReply, name: string, content: Buffer) => reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`).send(content);

export function registerPayoutRoutes(app: FastifyInstance): void {
  handle(app, spec.listEntitlements, async ({ actor, query }) => listEntitlements(actor, query));
  handle(app, spec.exportEntitlements, async ({ actor, query, locale, reply }) => csv(reply, 'entitlements', await exportEntitlements(actor, query, locale)));
  handle(app, spec.listPayoutBatches, async ({ actor, query }) => listBatches(actor, query));
  handle(app, spec.exportPayoutBatches, async ({ actor, query, locale, reply }) => csv(reply, 'payout-batches', await exportBatches(actor, query, locale)));
  handle(app, spec.listPayoutPlans, async ({ actor, query }) => listPlans(actor, query));
  handle(app, spec.createPayoutBatch, async ({ actor, body }) => createBatch(actor, body));
  handle(app, spec.getPayoutBatch, async ({ actor, params }) => viewBatch(actor, params.id));
  handle(app, spec.listPayoutLines, async ({ actor, params, query }) => listLines(actor, params.id, query));
  handle(app, spec.exportPayoutLines, async ({ actor, params, query, locale, reply }) => csv(reply, 'payout-lines', await exportLines(actor, params.id, query, locale)));
  handle(app, spec.listPayoutProposals, async ({ actor, params, query }) => listProposals(actor, params.id, query));
  handle(app, spec.examinePayoutBatch, async ({ actor, params, body }) => examineBatch(actor, params.id, body));
  handle(app, spec.decidePayoutProposal, async ({ actor, params, body }) => decideProposal(actor, params.id, body));
  handle(app, spec.getHoldNotice, async ({ actor, params, locale, reply }) => sendNotice(reply, await holdNotice(actor, params.id, locale)));
  handle(app, spec.getHoldEndNotice, async ({ actor, params, locale, reply }) => sendNotice(reply, await holdEndNotice(actor, params.id, locale)));
  handle(app, spec.endPayoutHold, async ({ actor, params, body }) => endHold(actor, params.id, body));
  handle(app, spec.confirmPayoutCheck, async ({ actor, params, body }) => confirmCheck(actor, params.id, body));
  handle(app, spec.approvePayoutBatch, async ({ actor, params, body }) => approveBatch(actor, params.id, body));
  handle(app, spec.withdrawPayoutBatch, async ({ actor, params, body }) => withdrawBatch(actor, params.id, body));
  handle(app, spec.listHouseholdPayouts, async ({ actor, params, query }) => listHouseholdPayouts(actor, params.id, query));
  handle(app, spec.sendPayoutBatch, async ({ actor, params, body }) => sendBatch(actor, params.id, body));
  handle(app, spec.downloadPayoutFile, async ({ actor, params, reply }) => {
    const file = await openBankFile(actor, params.id);
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).type('application/octet-stream').send(file.stream);
  });
  handle(app, spec.importPayoutResults, async ({ actor, params, receiveUpload }) => {
    authorize(actor, 'payout.send');
    return importResults(actor, params.id, await receiveUpload());
  });
  handle(app, spec.listBankRecords, async ({ actor, params, query }) => listBankRecords(actor, params.id, query));
  handle(app, spec.listPayoutWork, async ({ actor, query }) => listWork(actor, query));
  handle(app, spec.exportPayoutWork, async ({ actor, query, locale, reply }) => csv(reply, 'payout-work', await exportWork(actor, query, locale)));
  handle(app, spec.reissuePayoutLines, async ({ actor, params, body }) => reissueLines(actor, params.id, body));
}
