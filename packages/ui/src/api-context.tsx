import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react';
import type { AnyEndpoint, ApiClient, CallInput, CallResult } from './api-client.ts';
import type { ApiProblem } from './api-problem.ts';
import { useLocale } from './i18n.ts';

const ApiContext = createContext<ApiClient | undefined>(undefined);

/** What the server words itself (headlines, labels of codes) is read again in the language that was chosen. */
export function ApiProvider({ client, children }: { client: ApiClient; children: ReactNode }) {
  const queries = useQueryClient();
  const { locale } = useLocale();
  const shown = useRef(locale);
  useEffect(() => {
    if (shown.current === locale) return;
    shown.current = locale;
    void queries.invalidateQueries();
  }, [locale, queries]);
  return <ApiContext value={client}>{children}</ApiContext>;
}

export function useApi(): ApiClient {
  const client = useContext(ApiContext);
  if (!client) throw new Error('useApi() outside <ApiProvider>');
  return client;
}

export interface EndpointQueryOptions {
  enabled?: boolean;
  /** Milliseconds between two readings while something is in progress; false stops. */
  refetchInterval?: number | false;
  keepPrevious?: boolean;
  staleTime?: number;
}

/** The cache key of an endpoint: its path first, so that a command can refresh everything below a path. */
function queryKey(endpoint: AnyEndpoint, input: object): readonly unknown[] {
  return [endpoint.method, endpoint.path, input];
}

/** Reads one endpoint; a changed input aborts the reading before it. */
export function useEndpoint<E extends AnyEndpoint>(
  endpoint: E,
  input: Omit<CallInput<E>, 'signal' | 'commandId'>,
  options: EndpointQueryOptions = {},
): UseQueryResult<CallResult<E>, ApiProblem> {
  const api = useApi();
  return useQuery<CallResult<E>, ApiProblem>({
    queryKey: queryKey(endpoint, input),
    queryFn: ({ signal }) => api.call(endpoint, { ...input, signal } as unknown as CallInput<E>),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchInterval ?? false,
    placeholderData: options.keepPrevious ? (previous: CallResult<E> | undefined) => previous as never : undefined,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
  });
}

/**
 * Sends a command. The same command id is kept until it succeeded, so that a second click or a retry after a
 * broken connection acts once. Afterwards everything on screen is read again.
 */
export function useCommand<E extends AnyEndpoint>(endpoint: E) {
  const api = useApi();
  const queries = useQueryClient();
  const pending = useRef<{ input: string; commandId: string } | undefined>(undefined);
  return useMutation<CallResult<E>, ApiProblem, CallInput<E>>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input);
      if (pending.current?.input !== text) pending.current = { input: text, commandId: crypto.randomUUID() };
      const result = await api.call(endpoint, { ...input, commandId: input.commandId ?? pending.current.commandId });
      pending.current = undefined;
      return result;
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}
