import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig(({ isSsrBuild }) => ({
  base: '/site/',
  plugins: [react()],
  build: isSsrBuild
    ? { copyPublicDir: false }
    : {
        outDir: 'dist/client',
        rollupOptions: {
          input: 'src/entry-client.ts',
          // Fixed names: every page names these two addresses without reading a manifest.
          output: { entryFileNames: 'site.js', assetFileNames: 'site[extname]' },
        },
      },
}));
