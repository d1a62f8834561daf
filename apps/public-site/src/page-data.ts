import type { getPublicFigures, listPublicRules } from '@sunlit/api-spec';
import type { Locale } from './messages.ts';

type AnswerOf<E> = E extends { response?: infer R } ? (NonNullable<R> extends { _output: infer O } ? O : never) : never;

export type Figures = AnswerOf<typeof getPublicFigures>;
export type PublicRules = AnswerOf<typeof listPublicRules>;

/** What the server hands over for one page: the answers of the public endpoints, nothing else. */
export interface PageData {
  /** This installation holds synthetic data only. */
  synthetic?: boolean;
  figures?: Figures;
  rules?: PublicRules;
}

export interface PageRequest {
  /** Path of the page, with or without the `/en` prefix. */
  path: string;
  locale?: Locale;
  data: PageData;
}

export interface RenderedPage {
  status: number;
  html: string;
  title: string;
}
