import { z } from 'zod';

/** A text in both languages of the product; Chinese is the source. */
export const bilingualSchema = z.object({ zh: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.output<typeof bilingualSchema>;
export type Language = keyof Bilingual;
