import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/workbench/',
  plugins: [react()],
  // Antd and ECharts are large and change rarely: in their own files, browsers keep them between releases.
  build: { chunkSizeWarningLimit: 2000 },
});
