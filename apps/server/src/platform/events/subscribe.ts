import type { EventDefinition, PermissionCode } from '@sunlit/api-spec';
import type { z } from 'zod';
import type { Trx } from '../database/transaction.ts';

export interface DeliveredEvent<Payload> {
  id: string;
  payload: Payload;
  /** account that caused it */
  actorId: string;
}

/**
 * Works in the transaction in which the delivery is ticked off: what it writes is kept once, or not at all. It runs
 * without a person, may come long after the event, and reads the state of now. Slow work belongs into a job it enqueues.
 */
export type EventHandler<Payload> = (trx: Trx, event: DeliveredEvent<Payload>) => Promise<void>;

export interface Subscriber {
  name: string;
  event: EventDefinition;
  handler: EventHandler<never>;
  permissions: readonly PermissionCode[];
}

const subscribers = new Map<string, Subscriber>();

/** `name` is kept with every delivery: it never changes. `permissions` open what row-level policies else hide. */
export function subscribe<Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  name: string,
  handler: EventHandler<z.output<Payload>>,
  options: { permissions?: readonly PermissionCode[] } = {},
): void {
  subscribers.set(name, { name, event, handler: handler as EventHandler<never>, permissions: options.permissions ?? [] });
}

export function findSubscriber(name: string): Subscriber | undefined {
  return subscribers.get(name);
}

export function subscribersOf(eventName: string): Subscriber[] {
  return [...subscribers.values()].filter((one) => one.event.name === eventName);
}
