import { z } from 'zod';

/** Calendar day, `YYYY-MM-DD`. */
export const calendarDate = z.iso.date();
/** Month, `YYYY-MM`. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const timestamp = z.iso.datetime({ offset: true });
export const id = z.uuid();
/** 12-digit statistical division code; `000000000000` is the nation. */
export const regionCode = z.string().regex(/^\d{12}$/);
/** Integer fen, as a JSON number (safe to 90 trillion yuan). */
export const fen = z.number().int();
export const localised = z.object({ zh: z.string(), en: z.string() });
export type Localised = z.output<typeof localised>;

/** Every command carries an id made by its sender: the same id sent again acts once and gets the same answer. */
export const command = z.object({ commandId: id });

const pageShape = {
  /** opaque position after the last row of the page before */
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const pageQuery = z.object(pageShape);
/** Lists by time begin with the newest unless asked otherwise. */
export const timeSort = z.enum(['newest', 'oldest']).default('newest');
export type TimeSort = z.output<typeof timeSort>;
/** What an export is for; kept with who took it and when. */
export const exportPurpose = { purpose: z.string().trim().min(4).max(200) };

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    /** exact up to 10,000, then the cap: counting a province exactly would cost more than it tells */
    total: z.number().int(),
    totalIsCapped: z.boolean(),
  });
}

export const regionSummary = z.object({ code: regionCode, name: z.string(), fullName: z.string() });
export type RegionSummary = z.output<typeof regionSummary>;

/** RFC 9457 problem document; `fields` says per input field what is wrong. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
});
export type Problem = z.output<typeof problem>;
export const idParams = z.object({ id });
export const done = z.object({ ok: z.literal(true) });

/** Any JSON value. Without `z.json()`: its recursion leaves references in the OpenAPI document that lead nowhere. */
export const jsonValue = z.unknown().refine((value) => value !== undefined) as unknown as z.ZodType<
  z.core.util.JSONType,
  z.core.util.JSONType
>;
