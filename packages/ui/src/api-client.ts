import type { Endpoint } from '@sunlit/api-spec';
import type { z } from 'zod';
import { ApiProblem, readProblem } from './api-problem.ts';

type InputOf<T> = [unknown] extends [T] ? undefined : T;

type Part<Name extends string, T> = [InputOf<T>] extends [undefined]
  ? { [key in Name]?: undefined }
  : object extends T
    ? { [key in Name]?: T }
    : { [key in Name]: T };

/** The client makes the command id itself; callers never name it. */
type WithoutCommandId<T> = [unknown] extends [T] ? T : Omit<T, 'commandId'>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: any endpoint must be assignable
export type AnyEndpoint = Endpoint<any, any, any, any>;

type SchemaInput<S> = S extends z.ZodType ? z.input<S> : unknown;
type SchemaOutput<S> = S extends z.ZodType ? z.output<S> : unknown;

/** What a caller hands over: only the parts the endpoint declares. */
export type CallInput<E extends AnyEndpoint> = (E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
  ? Part<'params', SchemaInput<P>> & Part<'query', SchemaInput<Q>> & Part<'body', WithoutCommandId<SchemaInput<B>>>
  : never) & {
  /** Sent again unchanged when a command is repeated, so that it acts once. */
  commandId?: string;
  signal?: AbortSignal;
};

export type CallResult<E extends AnyEndpoint> =
  E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? SchemaOutput<R> : never;

interface LooseInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  commandId?: string;
  signal?: AbortSignal;
}

/** Builds the address of an endpoint: path parameters filled, empty query values left out. */
export function endpointUrl(endpoint: AnyEndpoint, input: Pick<LooseInput, 'params' | 'query'>): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** A command's body carries its id, so that the server acts once however often it arrives. */
function withCommandId(endpoint: AnyEndpoint, body: unknown, commandId: string): unknown {
  const shape = (endpoint.body as { shape?: object } | undefined)?.shape;
  return shape && 'commandId' in shape ? { ...(body as object), commandId } : (body ?? {});
}

export interface ApiClient {
  call<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>): Promise<CallResult<E>>;
  /** Sends one file with text fields as multipart/form-data. */
  upload<E extends AnyEndpoint>(
    endpoint: E,
    input: {
      params?: Record<string, unknown>;
      query?: Record<string, unknown>;
      file: File;
      fields?: Record<string, string>;
      commandId?: string;
      signal?: AbortSignal;
    },
  ): Promise<CallResult<E>>;
  /** Fetches a file and hands it to the browser's download folder. */
  download(endpoint: AnyEndpoint, input: LooseInput, fallbackName: string): Promise<void>;
}

export interface ApiClientOptions {
  /** Called on 401, so that the shell can show the login page and keep what was typed. */
  onSignedOut?: () => void;
  fetch?: typeof fetch;
  language?: () => string;
}

/** The typed client made from endpoint objects. Cookies are same-origin; commands carry an idempotency key. */
export function createApiClient(options: ApiClientOptions = {}): ApiClient {
  const send = async (endpoint: AnyEndpoint, input: LooseInput, body: BodyInit | undefined, contentType?: string) => {
    const headers: Record<string, string> = { accept: 'application/json', 'x-csrf': '1' };
    if (options.language) headers['accept-language'] = options.language();
    if (contentType) headers['content-type'] = contentType;
    let response: Response;
    try {
      response = await (options.fetch ?? fetch)(endpointUrl(endpoint, input), {
        method: endpoint.method,
        headers,
        body,
        credentials: 'same-origin',
        signal: input.signal,
      });
    } catch (cause) {
      if (input.signal?.aborted) throw cause;
      throw new ApiProblem({ status: 0, code: 'not-reached', title: '' });
    }
    if (response.ok) return response;
    const problem = await readProblem(response);
    if (problem.status === 401) options.onSignedOut?.();
    throw problem;
  };

  const readAnswer = async (response: Response): Promise<unknown> => {
    if (response.status === 204) return undefined;
    const type = response.headers.get('content-type') ?? '';
    return type.includes('json') ? response.json() : response.text();
  };

  return {
    async call(endpoint, input) {
      const loose = input as LooseInput;
      const hasBody = loose.body !== undefined || (endpoint.method !== 'GET' && endpoint.body !== undefined);
      const body = hasBody
        ? JSON.stringify(withCommandId(endpoint, loose.body, loose.commandId ?? crypto.randomUUID()))
        : undefined;
      const response = await send(endpoint, loose, body, hasBody ? 'application/json' : undefined);
      return (await readAnswer(response)) as never;
    },
    async upload(endpoint, input) {
      const form = new FormData();
      form.append('commandId', input.commandId ?? crypto.randomUUID());
      // Fields first: the server can refuse before it has read the whole file.
      for (const [name, value] of Object.entries(input.fields ?? {})) form.append(name, value);
      form.append('file', input.file, input.file.name);
      return (await readAnswer(await send(endpoint, input, form))) as never;
    },
    async download(endpoint, input, fallbackName) {
      const hasBody = input.body !== undefined;
      const response = await send(
        endpoint,
        input,
        hasBody ? JSON.stringify(input.body) : undefined,
        hasBody ? 'application/json' : undefined,
      );
      const name = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = name ? decodeURIComponent(name) : fallbackName;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    },
  };
}
