import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/**
 * Writes the service worker with the list of files it keeps for offline use. The worker's text changes whenever a file
 * does, so a browser fetches a new version exactly then.
 */
function offlineWorker(): Plugin {
  return {
    name: 'sunlit-offline-worker',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => !name.endsWith('.map'));
      const kept = [
        '/client/',
        '/client/manifest.webmanifest',
        '/client/icon.svg',
        ...files.filter((name) => name !== 'index.html').map((name) => `/client/${name}`),
      ];
      const version = createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 12);
      const source = readFileSync(new URL('./src/offline-worker.js', import.meta.url), 'utf8')
        .replace('__VERSION__', version)
        .replace('__FILES__', JSON.stringify(kept));
      this.emitFile({ type: 'asset', fileName: 'offline-worker.js', source });
    },
  };
}

export default defineConfig({ base: '/client/', plugins: [react(), offlineWorker()] });
