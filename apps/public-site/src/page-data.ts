import type {
  getPublicFigures,
  getPublicFunds,
  getPublicNotice,
  getSystem,
  listPublicNotices,
  listPublicRules,
} from '@sunlit/api-spec';
import type { Locale } from './messages.ts';

type AnswerOf<E> = E extends { response?: infer R } ? (NonNullable<R> extends { _output: infer O } ? O : never) : never;

export type Figures = AnswerOf<typeof getPublicFigures>;
export type PublicFunds = AnswerOf<typeof getPublicFunds>;
export type PublicNotices = AnswerOf<typeof listPublicNotices>;
export type PublicNotice = AnswerOf<typeof getPublicNotice>;
export type PublicRules = AnswerOf<typeof listPublicRules>;
type System = AnswerOf<typeof getSystem>;

export interface PageRequest {
  /** Address of the page with its query, with or without the `/en` prefix. */
  path: string;
  locale?: Locale;
  /** Reads one public endpoint by its address; undefined when it has nothing to give. */
  call: (path: string) => Promise<unknown>;
}

export interface RenderedPage {
  status: number;
  html: string;
  title: string;
}

/** What a page shows: the answers of public endpoints, nothing else. */
export interface PageData {
  synthetic: boolean;
  figures?: Figures;
  funds?: PublicFunds;
  rules?: PublicRules;
  notices?: PublicNotices;
  /** set when one notice was asked for, whether or not it stands */
  asked?: { commandId: string; receipt: string | undefined; failed: boolean };
  notice?: PublicNotice;
}

/** Reads what the page needs from the same public endpoints that anybody can call. */
export async function readPageData(
  page: string | undefined,
  query: URLSearchParams,
  call: PageRequest['call'],
): Promise<PageData> {
  const system = (await call('/api/system')) as System | undefined;
  const synthetic = system?.demo ?? false;
  if (page === 'figures') {
    const region = query.get('regionCode') ?? '';
    const suffix = /^\d{12}$/.test(region) ? `?regionCode=${region}` : '';
    return { synthetic, figures: (await call(`/api/public/figures${suffix}`)) as Figures | undefined };
  }
  if (page === 'funds') {
    const wanted = new URLSearchParams();
    const [region, year] = [query.get('regionCode') ?? '', query.get('fiscalYear') ?? ''];
    if (/^\d{12}$/.test(region)) wanted.set('regionCode', region);
    if (/^20\d\d$/.test(year)) wanted.set('fiscalYear', year);
    return { synthetic, funds: (await call(`/api/public/funds?${wanted.toString()}`)) as PublicFunds | undefined };
  }
  if (page === 'notices') {
    const [notice, region, receipt] = [query.get('notice'), query.get('regionCode') ?? '', query.get('receipt') ?? ''];
    if (notice === null) {
      const suffix = /^\d{12}$/.test(region) ? `?regionCode=${region}` : '';
      return { synthetic, notices: (await call(`/api/public/notices${suffix}`)) as PublicNotices | undefined };
    }
    const asked = {
      commandId: crypto.randomUUID(),
      receipt: /^[A-Z]{2}-\d{4}-\d{6,}$/.test(receipt) ? receipt : undefined,
      failed: query.has('problem'),
    };
    if (!/^[0-9a-f-]{36}$/.test(notice)) return { synthetic, asked };
    return { synthetic, asked, notice: (await call(`/api/public/notices/${notice}`)) as PublicNotice | undefined };
  }
  if (page === 'rules') return { synthetic, rules: (await call('/api/public/rules')) as PublicRules | undefined };
  return { synthetic };
}
