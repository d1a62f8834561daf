import type {
  getMyFile,
  getPublicFigures,
  getPublicFunds,
  getPublicNotice,
  getPublicPlate,
  getPublicProject,
  getSystem,
  listPublicDivisions,
  listPublicNotices,
  listPublicProjects,
  listPublicRules,
} from '@sunlit/api-spec';
import type { Locale } from './messages.ts';
import type { MyFileVisit } from './pages/my-file-page.tsx';

type AnswerOf<E> = E extends { response?: infer R } ? (NonNullable<R> extends { _output: infer O } ? O : never) : never;

export type MyFile = AnswerOf<typeof getMyFile>;
export type Figures = AnswerOf<typeof getPublicFigures>;
export type PublicFunds = AnswerOf<typeof getPublicFunds>;
export type Divisions = AnswerOf<typeof listPublicDivisions>;
export type PublicNotices = AnswerOf<typeof listPublicNotices>;
export type PublicNotice = AnswerOf<typeof getPublicNotice>;
export type PublicRules = AnswerOf<typeof listPublicRules>;
export type PublicProjects = AnswerOf<typeof listPublicProjects>;
export type PublicProject = AnswerOf<typeof getPublicProject>;
export type PublicPlate = AnswerOf<typeof getPublicPlate>;
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

/** What a page shows: the answers of public endpoints and, to a resident who opened it, of their own file. */
export interface PageData {
  synthetic: boolean;
  figures?: Figures;
  funds?: PublicFunds;
  rules?: PublicRules;
  projects?: PublicProjects;
  project?: PublicProject;
  plate?: PublicPlate;
  notices?: PublicNotices;
  /** of a page with a form: an id for one sending, and what came of the last */
  sent: { commandId: string; receipt: string | undefined; failed: boolean };
  /** one notice was asked for, whether or not it stands */
  isOneNotice?: boolean;
  divisions?: Divisions;
  notice?: PublicNotice;
  visit?: MyFileVisit;
}

/** Reads what the page needs from the same public endpoints that anybody can call. */
export async function readPageData(
  page: string | undefined,
  query: URLSearchParams,
  call: PageRequest['call'],
): Promise<PageData> {
  const system = (await call('/api/system')) as System | undefined;
  const synthetic = system?.demo ?? false;
  const receipt = query.get('receipt') ?? '';
  const sent = {
    commandId: crypto.randomUUID(),
    receipt: /^[A-Z]{2}-\d{4}-\d{6,}$/.test(receipt) ? receipt : undefined,
    failed: query.has('problem'),
  };
  if (page === 'figures') {
    const region = query.get('regionCode') ?? '';
    const suffix = /^\d{12}$/.test(region) ? `?regionCode=${region}` : '';
    return { synthetic, sent, figures: (await call(`/api/public/figures${suffix}`)) as Figures | undefined };
  }
  if (page === 'funds') {
    const wanted = new URLSearchParams();
    const [region, year] = [query.get('regionCode') ?? '', query.get('fiscalYear') ?? ''];
    if (/^\d{12}$/.test(region)) wanted.set('regionCode', region);
    if (/^20\d\d$/.test(year)) wanted.set('fiscalYear', year);
    return {
      synthetic,
      sent,
      funds: (await call(`/api/public/funds?${wanted.toString()}`)) as PublicFunds | undefined,
    };
  }
  if (page === 'apply') {
    const suffix = regionQuery(query);
    return { synthetic, sent, divisions: (await call(`/api/public/divisions${suffix}`)) as Divisions | undefined };
  }
  if (page === 'projects') {
    const wanted = new URLSearchParams();
    const region = query.get('regionCode') ?? '';
    if (/^\d{12}$/.test(region)) wanted.set('regionCode', region);
    for (const name of ['search', 'cursor']) {
      const value = (query.get(name) ?? '').slice(0, 300);
      if (value) wanted.set(name, value);
    }
    return {
      synthetic,
      sent,
      projects: (await call(`/api/public/projects?${wanted.toString()}`)) as PublicProjects | undefined,
    };
  }
  const below = /^(projects|plates)\/([0-9a-f-]{36})$/.exec(page ?? '');
  if (below?.[1] === 'projects')
    return { synthetic, sent, project: (await call(`/api/public/projects/${below[2]}`)) as PublicProject | undefined };
  if (below)
    return { synthetic, sent, plate: (await call(`/api/public/plates/${below[2]}`)) as PublicPlate | undefined };
  if (page === 'notices') {
    const notice = query.get('notice');
    if (notice === null)
      return {
        synthetic,
        sent,
        notices: (await call(`/api/public/notices${regionQuery(query)}`)) as PublicNotices | undefined,
      };
    const found = /^[0-9a-f-]{36}$/.test(notice) ? await call(`/api/public/notices/${notice}`) : undefined;
    return { synthetic, sent, isOneNotice: true, notice: found as PublicNotice | undefined };
  }
  if (page === 'me') {
    const receipt = query.get('receipt') ?? '';
    return {
      synthetic,
      sent,
      visit: {
        file: (await call('/api/my-file')) as MyFile | undefined,
        realNameSignIn: system?.realNameSignIn ?? false,
        problem: query.get('problem') ?? undefined,
        receipt: /^([A-Z]{2}|F\d{2})-\d{4}-\d{6,}$/.test(receipt) ? receipt : undefined,
        done: query.has('closed') ? 'closed' : query.has('withdrawn') ? 'withdrawn' : query.has('said') ? 'said' : undefined,
      },
    };
  }
  if (page === 'rules') return { synthetic, sent, rules: (await call('/api/public/rules')) as PublicRules | undefined };
  return { synthetic, sent };
}

function regionQuery(query: URLSearchParams): string {
  const region = query.get('regionCode') ?? '';
  return /^\d{12}$/.test(region) ? `?regionCode=${region}` : '';
}
