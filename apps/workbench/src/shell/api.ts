import { createApiClient, storedLocale } from '@sunlit/ui';
import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '@sunlit/ui';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => error instanceof ApiProblem && (error.status === 0 || error.status >= 502) && count < 2,
    },
  },
});

const sessionPath = ['GET', '/api/session'];

export const api = createApiClient({
  language: storedLocale,
  // The session is read again; the shell then asks to sign in over the page, so that nothing typed is lost.
  onSignedOut: () =>
    void queryClient.invalidateQueries({ queryKey: sessionPath, refetchType: 'none' }).then(markSignedOut),
});

const listeners = new Set<() => void>();

function markSignedOut(): void {
  for (const listener of listeners) listener();
}

/** Tells the shell whenever any call was answered with 401. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
