import type { z } from 'zod';
import type { PermissionCode } from './permissions.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Who may call: `public` (nobody logged in), `signed-in` (any account, about itself), or a permission. */
export type EndpointAccess = 'public' | 'signed-in' | PermissionCode;

/**
 * One endpoint, written once: the server's route, the OpenAPI document and the typed client all come from it.
 * `params`, `query` and `body` are validated before the handler runs; `response` drops what it does not declare.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: HttpMethod;
  /** Fastify style: `/api/findings/:findingId` */
  readonly path: string;
  readonly access: EndpointAccess;
  readonly summary: string;
  readonly tag: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Absent when the answer is a file or an empty 204. */
  readonly response?: Response;
  /** The answer is a file with this media type. */
  readonly produces?: string;
  /** The body is multipart/form-data with one file and text fields. */
  readonly upload?: boolean;
}

export function defineEndpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return endpoint;
}

export type ParamsOf<E> = E extends Endpoint<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<E> = E extends Endpoint<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<E> = E extends Endpoint<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type ResponseOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
