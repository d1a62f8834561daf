export * from './endpoint.ts';
export * from './permissions.ts';
