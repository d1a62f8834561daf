/** Who may import whom; see ARCHITECTURE.md. */
const order = ['organisation', 'programmes', 'data-intake', 'publication', 'registries', 'management', 'supervision', 'participation', 'delivery'];
const upward = order.slice(0, -1).map((name, index) => ({
  name: `modules-import-downwards-${name}`,
  comment: `${name} comes before ${order.slice(index + 1).join(', ')}: publish an event instead of calling upwards.`,
  severity: 'error',
  from: { path: `^apps/server/src/modules/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^apps/server/src/modules/(${order.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Two files that need each other are one file, or a third one is missing.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'kernel-is-pure', comment: 'Kernel holds plain values and imports nothing.', severity: 'error', from: { path: '^packages/kernel/', pathNot: '\\.test\\.ts$' }, to: { pathNot: '^packages/kernel/' } },
    { name: 'api-spec-below', comment: 'api-spec may use kernel and zod only.', severity: 'error', from: { path: '^packages/api-spec/src', pathNot: '\\.test\\.ts$' }, to: { path: '^(apps|rules|demo|packages/(rule-kit|ui))/' } },
    { name: 'apps-apart', comment: 'Apps never import each other; share through packages.', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/', pathNot: '^apps/$1/' } },
    { name: 'platform-knows-no-module', comment: 'Platform offers a registration function instead.', severity: 'error', from: { path: '^apps/server/src/platform/', pathNot: '\\.test\\.ts$' }, to: { path: '^apps/server/src/(modules|analytics|command-line)/' } },
    { name: 'analytics-knows-no-module', comment: 'Modules hand data to analytics, not the other way round.', severity: 'error', from: { path: '^apps/server/src/analytics/', pathNot: '\\.test\\.ts$' }, to: { path: '^apps/server/src/modules/' } },
    { name: 'duckdb-in-analytics', comment: 'Only analytics/ knows DuckDB.', severity: 'error', from: { path: '^apps/server/src', pathNot: '^apps/server/src/analytics/|\\.test\\.ts$' }, to: { path: 'node_modules/@duckdb' } },
    { name: 'module-doors', comment: 'Use the other module through its index.ts.', severity: 'error', from: { path: '^apps/server/src/modules/((?:registries|management|supervision|participation)/[^/]+|[^/]+)/', pathNot: '\\.test\\.ts$' }, to: { path: '^apps/server/src/modules/', pathNot: ['^apps/server/src/modules/$1/', '/index\\.ts$'] } },
    { name: 'no-tests-in-product', comment: 'Test code stays in tests.', severity: 'error', from: { path: '^apps/', pathNot: '(\\.test\\.ts$|/testing/)' }, to: { path: '(/testing/|\\.test\\.ts$)' } },
    { name: 'another-day-for-the-demo', comment: 'Only the demo acts on a past day; what is served acts today.', severity: 'error', from: { path: '^(apps|bench)/', pathNot: '^apps/server/src/(command-line/demo/|platform/clock/)|\\.test\\.ts$' }, to: { path: '^apps/server/src/platform/clock/on-day\\.ts$' } },
    ...upward,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.vite)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
