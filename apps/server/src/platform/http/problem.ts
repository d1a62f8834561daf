import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, messageOf, statusOf, type ErrorCode, type FieldProblem } from '../errors.ts';
import { log } from '../logging/log.ts';
import { inLocale } from './english.ts';
import { localeOf } from './locale.ts';

/** Every error leaves as problem+json; unknown ones as 500 without any detail. */
export function sendProblem(error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = localeOf(request);
  const { code, detail, fields } = describe(error, locale);
  const status = statusOf(code);
  if (status >= 500 && code === 'internal') log.error({ requestId: request.id, path: request.routeOptions.url, error: error.stack ?? error.message }, 'unexpected error');
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send({
      type: `https://sunlit.invalid/problems/${code}`,
      title: messageOf(code, locale),
      status,
      detail: detail ?? messageOf(code, locale),
      code,
      ...(fields ? { fields } : {}),
      requestId: request.id,
    });
}

function describe(error: FastifyError | AppError, locale: 'zh-CN' | 'en'): { code: ErrorCode; detail?: string | undefined; fields?: FieldProblem[] | undefined } {
  if (error instanceof AppError) return { code: error.code, detail: error.detail && inLocale(error.detail, locale), fields: error.fields?.map((field) => ({ path: field.path, message: inLocale(field.message, locale) })) };
  if (hasZodFastifySchemaValidationErrors(error)) {
    return {
      code: 'request-invalid',
      fields: error.validation.map((issue) => ({
        path: String(issue.instancePath).replace(/^\//, '').replaceAll('/', '.'),
        message: fieldMessage(issue.keyword, issue.params as Record<string, unknown>, locale),
      })),
    };
  }
  const status = (error as FastifyError).statusCode;
  if (status === 413) return { code: 'too-large' };
  if (status === 404) return { code: 'not-found' };
  if (status !== undefined && status >= 400 && status < 500) return { code: 'request-invalid' };
  return { code: 'internal' };
}

/** What is wrong with a field, in plain words; never repeats the value. */
function fieldMessage(keyword: string | undefined, params: Record<string, unknown>, locale: 'zh-CN' | 'en'): string {
  const limit = (params.minimum ?? params.maximum ?? '') as string | number;
  // Of a text characters are counted, of a list entries.
  const [zhUnit, enUnit] = params.origin === 'string' ? [' 个字', ' characters'] : params.origin === 'array' ? [' 项', ' entries'] : ['', ''];
  const zh: Record<string, string> = {
    too_small: typeof limit === 'number' && limit > 1 ? `至少需要 ${limit}${zhUnit}。` : '请填写这一项。',
    too_big: `超出上限（${limit}${zhUnit}）。`,
    invalid_format: '格式不正确。',
    invalid_value: '不在可选范围内。',
    invalid_type: '请填写这一项，并检查格式。',
  };
  const en: Record<string, string> = {
    too_small: typeof limit === 'number' && limit > 1 ? `Give at least ${limit}${enUnit}.` : 'Please fill this in.',
    too_big: `No more than ${limit}${enUnit}.`,
    invalid_format: 'The format is not right.',
    invalid_value: 'This is not one of the choices.',
    invalid_type: 'Please fill this in and check its format.',
  };
  return (locale === 'en' ? en : zh)[keyword ?? ''] ?? (locale === 'en' ? 'This is not valid.' : '内容不符合要求。');
}
