/** Every queue the product uses; created by `migrate`, since the serving role may not create tables. */
export const queueNames = ['household-import-check', 'household-import-apply', 'household-import-undo', 'delivery-check', 'cross-check-run', 'data-quality-sweep', 'record-linkage-search'] as const;

export type QueueName = (typeof queueNames)[number];
