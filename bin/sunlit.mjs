#!/usr/bin/env node
import { handOver, install } from './prepare.mjs';

install();
handOver('apps/server/src/main.ts', process.argv.slice(2));
