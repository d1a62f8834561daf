import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { Frame, pages, type PageName } from './frame.tsx';
import { textFor, type Locale, type Text } from './messages.ts';
import { readPageData, type PageData, type PageRequest, type RenderedPage } from './page-data.ts';
import { ApplyPage } from './pages/apply-page.tsx';
import { FiguresPage } from './pages/figures-page.tsx';
import { FundsPage } from './pages/funds-page.tsx';
import { HeardPage } from './pages/heard-page.tsx';
import { HomePage } from './pages/home-page.tsx';
import { MyFilePage } from './pages/my-file-page.tsx';
import { PlatePage, ProjectPage, ProjectsPage } from './pages/projects-page.tsx';
import { NoticePage, NoticesPage } from './pages/notices-page.tsx';
import { RulesPage } from './pages/rules-page.tsx';

export type { PageRequest, RenderedPage } from './page-data.ts';

const titles = {
  '': 'homeTitle',
  apply: 'applyTitle',
  notices: 'noticesTitle',
  figures: 'figuresTitle',
  funds: 'fundsTitle',
  projects: 'projectsTitle',
  rules: 'rulesTitle',
  heard: 'heardTitle',
  me: 'meTitle',
} as const;

function splitPath(path: string): { locale: Locale | undefined; rest: string; query: URLSearchParams } {
  const { pathname, searchParams } = new URL(path, 'http://site.invalid');
  const parts = pathname.split('/').filter(Boolean);
  const isEnglish = parts[0] === 'en';
  return { locale: isEnglish ? 'en' : undefined, rest: parts.slice(isEnglish ? 1 : 0).join('/'), query: searchParams };
}

/**
 * One whole page as HTML. Readable and usable without JavaScript; the script only adds the larger type. The address
 * decides the language (`/en/…` is English, everything else Chinese), so that a link shows everyone the same page.
 */
export async function render(request: PageRequest): Promise<RenderedPage> {
  const { locale: fromPath, rest, query } = splitPath(request.path);
  const locale = fromPath ?? 'zh-CN';
  const t = textFor(locale);
  const page = pages.find((name) => name === rest);
  const data = await readPageData(page ?? rest, query, request.call);
  // A page of one thing stands below the section that lists it.
  const one = data.project?.title ?? data.plate?.asset.title;
  const section: PageName | undefined = page ?? (one === undefined ? undefined : 'projects');
  const title = `${one ?? (section === undefined ? t('notFoundTitle') : t(titles[section]))} · ${t('name')}`;
  const body = renderToString(
    <Frame locale={locale} page={section} below={one === undefined ? undefined : rest} synthetic={data.synthetic} t={t}>
      {section === undefined ? <NotFound t={t} /> : pageBody(section, t, locale, data, query)}
    </Frame>,
  );
  const missing = section === undefined || (data.isOneNotice === true && data.notice === undefined);
  return { status: missing ? 404 : 200, title, html: wrap(locale, title, body) };
}

function pageBody(page: PageName, t: Text, locale: Locale, data: PageData, query: URLSearchParams): ReactNode {
  switch (page) {
    case '':
      return <HomePage t={t} locale={locale} />;
    case 'apply':
      return <ApplyPage t={t} locale={locale} divisions={data.divisions} {...data.sent} />;
    case 'notices':
      return data.isOneNotice ? (
        <NoticePage t={t} locale={locale} notice={data.notice} {...data.sent} />
      ) : (
        <NoticesPage t={t} locale={locale} notices={data.notices} />
      );
    case 'figures':
      return <FiguresPage t={t} locale={locale} figures={data.figures} />;
    case 'funds':
      return <FundsPage t={t} locale={locale} funds={data.funds} />;
    case 'projects':
      if (data.project) return <ProjectPage t={t} locale={locale} project={data.project} />;
      if (data.plate) return <PlatePage t={t} locale={locale} plate={data.plate} />;
      return (
        <ProjectsPage
          t={t}
          locale={locale}
          projects={data.projects}
          search={(query.get('search') ?? '').slice(0, 60)}
        />
      );
    case 'rules':
      return <RulesPage t={t} locale={locale} rules={data.rules} />;
    case 'heard':
      return <HeardPage t={t} />;
    case 'me':
      return <MyFilePage t={t} locale={locale} visit={data.visit!} />;
  }
}

function NotFound({ t }: { t: Text }) {
  return (
    <>
      <h1>{t('notFoundTitle')}</h1>
      <p>{t('notFoundText')}</p>
    </>
  );
}

/** Titles of projects are typed by people. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[found]!);
}

function wrap(locale: Locale, title: string, body: string): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><link rel="icon" href="/site/sun.svg" type="image/svg+xml"><link rel="stylesheet" href="/site/site.css"><script type="module" src="/site/site.js"></script></head><body>${body}</body></html>`;
}
