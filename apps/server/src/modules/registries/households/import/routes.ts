import * as spec from '@sunlit/api-spec';
import { isId, newId } from '@sunlit/kernel';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#platform/errors.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { handleList } from '#platform/http/list-route.ts';
import { registerHousekeeping } from '#platform/jobs/housekeeping.ts';
import { registerJob } from '#platform/jobs/jobs.ts';
import { abandonImport } from './abandon-import.ts';
import { writeImport } from './apply-import.job.ts';
import { checkImport } from './check-import.job.ts';
import { exportHouseholds } from './export-households.ts';
import { forgetImports } from './forget-imports.ts';
import { applyImport, mapImport, undoImport, uploadHouseholds } from './import-commands.ts';
import { importColumns, listImportProblems, listImports, viewImport } from './import-view.ts';
import { markImport } from './marked-file.ts';
import { takeBackImport } from './undo-import.job.ts';

export function registerImportRoutes(app: FastifyInstance): void {
  handle(app, spec.uploadHouseholds, async ({ actor, receiveUpload }) => {
    const upload = await receiveUpload();
    const commandId = upload.fields.commandId ?? newId();
    if (!isId(commandId)) throw new AppError('request-invalid', undefined, { fields: [{ path: 'commandId', message: '操作编号不正确。' }] });
    return uploadHouseholds(actor, upload, { commandId, asOf: upload.fields.asOf ?? '' });
  });
  handleList(app, spec.listImports, spec.exportImports, { name: 'imports', read: listImports, columns: importColumns });
  handle(app, spec.getImport, async ({ actor, params, locale }) => viewImport(actor, params.id, locale));
  handle(app, spec.listImportProblems, async ({ actor, params, query, locale }) => listImportProblems(actor, params.id, query, locale));
  handle(app, spec.downloadMarkedImport, async ({ actor, params, locale, reply }) => {
    const { fileName, content } = await markImport(actor, params.id, locale);
    reply.type(spec.downloadMarkedImport.produces!).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
    return content;
  });
  handle(app, spec.mapImport, async ({ actor, params, body }) => mapImport(actor, params.id, body));
  handle(app, spec.applyImport, async ({ actor, params, body }) => applyImport(actor, params.id, body));
  handle(app, spec.undoImport, async ({ actor, params, body }) => undoImport(actor, params.id, body));
  handle(app, spec.exportHouseholds, async ({ actor, query, reply }) => {
    const { fileName, mediaType, content } = await exportHouseholds(actor, query);
    reply.type(mediaType).header('content-disposition', `attachment; filename="${fileName}"`);
    return content;
  });
}

export function registerImportJobs(): void {
  registerJob('household-import-check', (actor, payload) => checkImport(actor, payload), abandonImport);
  registerJob('household-import-apply', (actor, payload) => writeImport(actor, payload), abandonImport);
  registerJob('household-import-undo', (actor, payload) => takeBackImport(actor, payload), abandonImport);
  registerHousekeeping('unwritten-imports', forgetImports);
}
