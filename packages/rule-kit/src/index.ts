export * from './snapshot-tables.ts';
