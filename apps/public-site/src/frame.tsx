import type { ReactNode } from 'react';
import type { Locale, Text } from './messages.ts';

export const pages = ['', 'apply', 'notices', 'figures', 'funds', 'projects', 'rules', 'heard', 'me'] as const;
export type PageName = (typeof pages)[number];

const labels = {
  '': 'navHome',
  apply: 'navApply',
  notices: 'navNotices',
  figures: 'navFigures',
  funds: 'navFunds',
  projects: 'navProjects',
  rules: 'navRules',
  heard: 'navHeard',
  me: 'navMe',
} as const;

/** Address of a page in a language: Chinese at the root, English below `/en`. */
export function addressOf(page: PageName, locale: Locale): string {
  const prefix = locale === 'en' ? '/en' : '';
  return page === '' ? prefix || '/' : `${prefix}/${page}`;
}

/** Address of an asset's page, which its plate leads to in Chinese. */
export function assetAddressOf(platePath: string, locale: Locale): string {
  return locale === 'en' ? `/en${platePath}` : platePath;
}

interface FrameProps {
  locale: Locale;
  page: PageName | undefined;
  /** of a page below one of the sections, without the language */
  below?: string | undefined;
  synthetic: boolean;
  t: Text;
  children: ReactNode;
}

export function Frame({ locale, page, below, synthetic, t, children }: FrameProps) {
  return (
    <>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      {synthetic ? (
        <div className="banner" role="note">
          {t('synthetic')}
        </div>
      ) : null}
      <header className="top">
        <div className="wrap">
          <a className="mark" href={addressOf('', locale)}>
            <Sun />
            {t('name')}
          </a>
          <nav aria-label={t('name')}>
            <ul>
              {pages.map((name) => (
                <li key={name}>
                  <a href={addressOf(name, locale)} aria-current={name === page ? 'page' : undefined}>
                    {t(labels[name])}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div className="tools">
            <button type="button" data-large="" hidden aria-pressed="false">
              {t('larger')}
            </button>
            <a
              href={
                below
                  ? assetAddressOf(`/${below}`, locale === 'en' ? 'zh-CN' : 'en')
                  : addressOf(page ?? '', locale === 'en' ? 'zh-CN' : 'en')
              }
              lang={locale === 'en' ? 'zh-CN' : 'en'}
            >
              {t('other')}
            </a>
          </div>
        </div>
      </header>
      <main id="content" className="wrap" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <div className="wrap">
          <p>{t('footer')}</p>
          <p>
            <a href="/client/">{t('navClient')}</a>　<a href="/workbench/">{t('navStaff')}</a>
          </p>
        </div>
      </footer>
    </>
  );
}

function Sun() {
  return (
    <svg viewBox="0 0 64 64" width="34" height="34" aria-hidden="true">
      <circle cx="32" cy="36" r="12" fill="#c77700" />
      <path d="M32 8v9M12 17l6 6M52 17l-6 6M6 38h9M58 38h-9" stroke="#c77700" strokeWidth="5" strokeLinecap="round" />
      <path d="M8 54h48" stroke="#1f2328" strokeWidth="5" strokeLinecap="round" />
    </svg>
  );
}
