import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export const registry: Registry = new Registry();
collectDefaultMetrics({ register: registry });

const requests = new Histogram({
  name: 'sunlit_http_request_seconds',
  help: 'Duration of HTTP requests',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 2, 10],
  registers: [registry],
});
const jobs = new Counter({ name: 'sunlit_jobs_total', help: 'Background jobs by queue and outcome', labelNames: ['queue', 'outcome'], registers: [registry] });

/** Routes, never addresses: an address may carry what somebody searched for. */
export function observeRequest(method: string, route: string, status: number, seconds: number): void {
  requests.observe({ method, route, status: String(status) }, seconds);
}
export function countJob(queue: string, outcome: 'done' | 'failed'): void {
  jobs.inc({ queue, outcome });
}

const ledgerDifferences = new Gauge({ name: 'sunlit_ledger_differences', help: 'Balances that differ from their postings; anything but 0 is an alarm', registers: [registry] });

export function setLedgerDifferences(count: number): void {
  ledgerDifferences.set(count);
}
