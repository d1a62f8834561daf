import { z } from 'zod';
import { calendarDate, id, regionCode } from './common.ts';

/** Something that happened, told to whoever subscribed. Ids and codes only: an event never carries a personal value. */
export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  name: string;
  payload: Payload;
}

function defineEvent<Payload extends z.ZodType>(name: string, payload: Payload): EventDefinition<Payload> {
  return { name, payload };
}

/** A delivery of department data goes into cross-checks from now on. Its subject is the dataset kind. */
export const deliveryAccepted = defineEvent(
  'delivery.accepted',
  z.object({ deliveryId: id, kind: z.string(), provider: z.string(), regionCode }),
);

/** Somebody changed a household or one of its members. Its subject is the household. */
export const householdChanged = defineEvent(
  'household.changed',
  z.object({
    householdId: id,
    change: z.enum(['person', 'household', 'member-joined', 'member-left', 'relations', 'status', 'reversed']),
  }),
);

/**
 * Members belong to another household from now on: a split, a merge, or one of them taken back. `whole`: what concerned the
 * household itself goes along. `takesBack`: a merge is taken back, and what it carried along returns. Its subject is the household they left.
 */
export const membersMoved = defineEvent(
  'household.members-moved',
  z.object({
    fromHouseholdId: id,
    toHouseholdId: id,
    personIds: z.array(id),
    whole: z.boolean(),
    takesBack: z.boolean().default(false),
  }),
);

/**
 * The households of a division that ended belong to another now: all of them, or those named where it was divided among
 * several. Its subject is the old division.
 */
export const divisionSucceeded = defineEvent(
  'division.succeeded',
  z.object({ regionCode, successorCode: regionCode, householdIds: z.array(id).optional() }),
);

/** An import was applied; it may have changed many households at once. Its subject is the import. */
export const householdsImported = defineEvent('households.imported', z.object({ importId: id }));

/**
 * Findings about help that may be missing were released. Whoever helps households may look at them; nothing about them is
 * decided. Its subject is the rule.
 */
export const careFindingsReleased = defineEvent(
  'findings.care-released',
  z.object({
    rule: z.string(),
    items: z
      .array(z.object({ findingId: id, householdId: id, regionCode, observedOn: calendarDate.nullable() }))
      .max(500),
  }),
);
