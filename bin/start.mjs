import { handOver, install } from './prepare.mjs';

install();
handOver('apps/server/src/main.ts', ['start', ...process.argv.slice(2)]);
