import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Endpoint, PermissionCode } from '@sunlit/api-spec';
import type { Multipart } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../authorization/actor.ts';
import { isSecondFactorEnforced } from '../authorization/authorize.ts';
import { AppError } from '../errors.ts';
import { localeOf, type Locale } from './locale.ts';

export interface Upload {
  path: string;
  fileName: string;
  mediaType: string;
  size: number;
  fields: Record<string, string>;
}

export interface RequestContext<Params, Query, Body> {
  /** who acts; asking for it on a public endpoint without a session is a 401 */
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly locale: Locale;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** receives the multipart file into a private temporary folder that is removed after the answer */
  readonly receiveUpload: () => Promise<Upload>;
}

export const registeredEndpoints: Endpoint[] = [];

const maxUploadBytes = 2 * 1024 ** 3;

/** The first lock: every route comes from an endpoint object, and its declared access is checked before anything runs. */
export function handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  endpoint: Endpoint<P, Q, B, R>,
  handler: (context: RequestContext<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<R> | FastifyReply | NodeJS.ReadableStream | Buffer | string>,
): void {
  registeredEndpoints.push(endpoint as unknown as Endpoint);
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { access: endpoint.access },
    schema: {
      summary: endpoint.summary,
      tags: [endpoint.tag],
      operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[^a-zA-Z0-9]+(.)?/g, (_match, next: string | undefined) => (next ?? '').toUpperCase())}`,
      ...(endpoint.params ? { params: endpoint.params } : {}),
      ...(endpoint.query ? { querystring: endpoint.query } : {}),
      ...(endpoint.body ? { body: endpoint.body } : {}),
      ...(endpoint.upload ? { consumes: ['multipart/form-data'] } : {}),
      ...(endpoint.produces ? { produces: [endpoint.produces] } : {}),
      ...(endpoint.response ? { response: { 200: endpoint.response } } : {}),
      ...(endpoint.access === 'public' ? { security: [] } : {}),
    },
    onRequest: async (request) => {
      requireAccess(endpoint.access, request.actor);
    },
    handler: async (request, reply) => {
      const cleanUps: (() => Promise<void>)[] = [];
      refuseNul(request);
      try {
        return await handler({
          get actor() {
            if (!request.actor) throw new AppError('sign-in-required');
            return request.actor;
          },
          params: request.params as z.output<P>,
          query: request.query as z.output<Q>,
          body: request.body as z.output<B>,
          locale: localeOf(request),
          request,
          reply,
          receiveUpload: () => receiveUpload(request, cleanUps),
        });
      } catch (error) {
        throw isForeignCursor(request, error) ? new AppError('request-invalid', undefined, { fields: [{ path: 'cursor', message: '翻页标记无效，请从第一页重新查看。' }], cause: error }) : error;
      } finally {
        for (const cleanUp of cleanUps) await cleanUp();
      }
    },
  });
}

/** No database stores the NUL character, and nobody means to send one. */
function refuseNul(request: FastifyRequest): void {
  if (!JSON.stringify([request.params, request.query, request.body ?? null]).includes('\\u0000')) return;
  throw new AppError('request-invalid');
}

/** A cursor that we did not make: the database could not read the values in it (SQLSTATE class 22, data exceptions). */
function isForeignCursor(request: FastifyRequest, error: unknown): boolean {
  const state = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (request.query as { cursor?: unknown } | undefined)?.cursor !== undefined && /^22[0-9A-Z]{3}$/u.test(state);
}

function requireAccess(access: Endpoint['access'], actor: Actor | undefined): void {
  if (access === 'public') return;
  if (!actor) throw new AppError('sign-in-required');
  if (access === 'signed-in') return;
  if (!actor.permissions.has(access as PermissionCode)) throw new AppError('not-permitted');
  if (isSecondFactorEnforced() && actor.totpRequired && !actor.totpEnabled) throw new AppError('totp-setup-required');
}

async function receiveUpload(request: FastifyRequest, cleanUps: (() => Promise<void>)[]): Promise<Upload> {
  if (!request.isMultipart()) throw new AppError('request-invalid', undefined, { fields: [{ path: 'file', message: '请选择要上传的文件。' }] });
  const folder = await mkdtemp(join(tmpdir(), 'sunlit-upload-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const fields: Record<string, string> = {};
  let received: Upload | undefined;
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value);
      continue;
    }
    const path = join(folder, 'upload');
    let size = 0;
    part.file.on('data', (chunk: Buffer) => (size += chunk.length));
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
    if (part.file.truncated) throw new AppError('too-large');
    received = { path, fileName: safeFileName(part.filename), mediaType: part.mimetype, size, fields };
  }
  if (!received || received.size === 0) throw new AppError('request-invalid', '请选择要上传的文件；空文件无法接收。', { fields: [{ path: 'file', message: '请选择要上传的文件；空文件无法接收。' }] });
  return received;
}

/** A form that breaks off or was never one is the sender's mistake, not ours. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    yield* request.parts({ limits: { fileSize: maxUploadBytes, files: 1, fields: 20 } });
  } catch (error) {
    if (!(error instanceof Error) || !/multipart|unexpected end of form|malformed part/iu.test(error.message)) throw error;
    throw new AppError('request-invalid', undefined, { fields: [{ path: 'file', message: '上传没有完成，请重新选择文件上传。' }], cause: error });
  }
}

/** Keeps the name readable and harmless: no path, no control characters, no personal number. */
export function safeFileName(name: string): string {
   
  const clean = name.split(/[\\/]/).at(-1)!.replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '').replace(/\d{15,}[\dXx]?/g, '****').trim();
  return clean.slice(-120) || 'file';
}
