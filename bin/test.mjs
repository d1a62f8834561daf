import { handOver, install } from './prepare.mjs';

install();
handOver('tools/run-checks.ts', process.argv.slice(2));
