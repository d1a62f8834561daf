import type { EventDefinition } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { CompiledQuery } from 'kysely';
import type { PoolClient } from 'pg';
import type { z } from 'zod';
import type { Actor } from '../authorization/actor.ts';
import type { Trx } from '../database/transaction.ts';
import { subscribersOf } from './subscribe.ts';

type Publication<Payload extends z.ZodType> = { subject: string; payload: z.input<Payload> };

/**
 * Publishes an event in the transaction of the command: it exists exactly when the change does. Events about one subject
 * are delivered in the order in which their transactions commit.
 */
export async function publish<Payload extends z.ZodType>(trx: Trx, actor: Actor, event: EventDefinition<Payload>, publication: Publication<Payload>): Promise<void> {
  for (const { text, values } of statements(actor, event, publication)) await trx.executeQuery(CompiledQuery.raw(text, values));
}

/** The same on the plain connection of a COPY transaction. */
export async function publishThrough<Payload extends z.ZodType>(client: PoolClient, actor: Actor, event: EventDefinition<Payload>, publication: Publication<Payload>): Promise<void> {
  for (const { text, values } of statements(actor, event, publication)) await client.query(text, values);
}

function statements<Payload extends z.ZodType>(actor: Actor, event: EventDefinition<Payload>, { subject, payload }: Publication<Payload>): { text: string; values: unknown[] }[] {
  const id = newId();
  return [
    // Held until commit, so that positions of one subject follow the order of commits.
    { text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 727004))', values: [subject] },
    { text: 'INSERT INTO platform.event (id, name, subject, payload, actor_id) VALUES ($1, $2, $3, $4, $5)', values: [id, event.name, subject, JSON.stringify(event.payload.parse(payload)), actor.accountId] },
    { text: 'INSERT INTO platform.event_delivery (event_id, subscriber, subject) SELECT $1, subscriber, $2 FROM unnest($3::text[]) AS subscriber', values: [id, subject, subscribersOf(event.name).map((one) => one.name)] },
  ];
}
