import { defineConfig } from '@playwright/test';

const address = `http://127.0.0.1:${process.env.PORT ?? '8080'}`;
const executablePath = process.env.SUNLIT_E2E_BROWSER;

export default defineConfig({
  testDir: './journeys',
  outputDir: '../test-results',
  workers: 1,
  timeout: 150_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Dialogs stand still, so that no click meets a moving button.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
  // SUNLIT_E2E_RUNNING=1 walks through a product that somebody has started already.
  ...(process.env.SUNLIT_E2E_RUNNING
    ? {}
    : {
        webServer: {
          command: 'node bin/start.mjs',
          cwd: '..',
          url: `${address}/api/ready`,
          timeout: 360_000,
          gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 20_000 },
        },
      }),
});
