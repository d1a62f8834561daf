import * as spec from '@sunlit/api-spec';
import type { FastifyInstance } from 'fastify';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { openStoredFile } from '#platform/files/stored-files.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { sendNotice } from '#platform/http/household-notice.ts';
import { handleList } from '#platform/http/list-route.ts';
import { assignFindings, listAssignees } from './assign-findings.ts';
import { decideFinding } from './decide-finding.ts';
import { exportFindings } from './export-findings.ts';
import { findingNotice } from './finding-notice.ts';
import { findFinding } from './finding-store.ts';
import { attachFile, checkExcuse, recordAnswer } from './hear-household.ts';
import { correctionColumns, listCorrectionTasks } from './list-correction-tasks.ts';
import { listFindings } from './list-findings.ts';
import { moveFinding, requireFinding, type Step } from './take-step.ts';
import { viewFinding } from './view-finding.ts';

export function registerFindingRoutes(app: FastifyInstance): void {
  handle(app, spec.listFindings, async ({ actor, query, locale }) => listFindings(actor, query, locale));
  handle(app, spec.exportFindings, async ({ actor, query, locale, reply }) => {
    const file = await exportFindings(actor, query, locale);
    return reply.header('content-disposition', 'attachment; filename="findings.csv"').type('text/csv; charset=utf-8').send(file);
  });
  handleList(app, spec.listCorrectionTasks, spec.exportCorrectionTasks, { name: 'corrections', read: listCorrectionTasks, columns: correctionColumns });
  handle(app, spec.getFinding, async ({ actor, params, locale }) => viewFinding(actor, params.id, locale));
  handle(app, spec.listAssignees, async ({ actor, params }) => listAssignees(actor, params.id));
  handle(app, spec.assignFindings, async ({ actor, body, locale }) => assignFindings(actor, body, locale));
  handle(app, spec.recordAnswer, async ({ actor, params, body }) => recordAnswer(actor, params.id, body));
  handle(app, spec.checkExcuse, async ({ actor, params, body }) => checkExcuse(actor, params.id, params.excuse, body));
  handle(app, spec.decideFinding, async ({ actor, params, body }) => decideFinding(actor, params.id, body));
  handle(app, spec.getFindingNotice, async ({ actor, params, locale, reply }) => sendNotice(reply, await findingNotice(actor, params.id, locale)));

  const steps = [
    [spec.startVerification, 'start-verification', 'finding.verify'],
    [spec.requestAnswer, 'request-answer', 'finding.verify'],
    [spec.followUpFinding, 'follow-up', 'finding.verify'],
    [spec.closeFinding, 'close', 'finding.decide'],
  ] as const;
  for (const [endpoint, action, permission] of steps) {
    handle(app, endpoint, async ({ actor, params, body }) =>
      runCommand(actor, `finding.${action}`, { ...body, id: params.id } as typeof body, async (trx) => {
        const row = await requireFinding(trx, actor, params.id, permission);
        await moveFinding(trx, actor, row, { action, expectedVersion: body.expectedVersion, reason: body.reason } satisfies Step);
        return { ok: true as const };
      }),
    );
  }

  handle(app, spec.attachToFinding, async ({ actor, params, receiveUpload }) => {
    authorize(actor, 'finding.verify');
    return attachFile(actor, params.id, await receiveUpload());
  });
  handle(app, spec.downloadAttachment, async ({ actor, params, reply }) => {
    const file = await inTransaction(actor, async (trx) => {
      if (!(await findFinding(trx, params.id))) throw new AppError('not-found');
      const row = await trx.selectFrom('supervision.finding_attachment').select('file_id').where('finding_id', '=', params.id).where('id', '=', params.attachmentId).executeTakeFirst();
      if (!row) throw new AppError('not-found');
      return openStoredFile(trx, row.file_id);
    });
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`).type('application/octet-stream').send(file.stream);
  });
}
