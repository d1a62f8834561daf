import { useSyncExternalStore } from 'react';

/** Registers the worker that keeps the client's own files, so that it opens without a signal. */
export function keepForOffline(): void {
  if (!('serviceWorker' in navigator) || import.meta.url.includes('/src/')) return;
  void navigator.serviceWorker.register('/client/offline-worker.js', { scope: '/client/' });
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}
