import { useEffect, useState } from 'react';
import { textFor, type Locale } from '../messages.ts';
import { useOnline } from '../offline/keep-for-offline.ts';

const storageKey = 'sunlit.language';
const demoKey = 'sunlit.client.demo';
const buttons = ['money', 'matters', 'speak', 'read', 'help'] as const;

/** A resident's home in large type. Nothing pretends to work: what is not there yet says so and what to do instead. */
export function ResidentHome() {
  const [locale, setLocale] = useState<Locale>(() => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN'));
  const t = textFor(locale);
  const online = useOnline();
  const demo = useDemo();
  useEffect(() => {
    localStorage.setItem(storageKey, locale);
    document.documentElement.lang = locale;
  }, [locale]);
  return (
    <>
      {demo ? <div className="banner">{t('synthetic')}</div> : null}
      {online ? null : (
        <div className="calm" role="status">
          {t('offline')}
        </div>
      )}
      <main>
        <header>
          <img src="/client/icon.svg" alt="" width="40" height="40" />
          <h1>{t('name')}</h1>
          <button type="button" onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>
            {t('other')}
          </button>
        </header>
        <p>{t('lead')}</p>
        <ul>
          {buttons.map((name) => (
            <li key={name}>
              <button type="button" className="big" aria-disabled="true">
                <strong>
                  {t(name)} <span>{t('soon')}</span>
                </strong>
                <span>{t(`${name}Text`)}</span>
              </button>
            </li>
          ))}
        </ul>
        <h2>{t('now')}</h2>
        <div className="links">
          <a href={locale === 'en' ? '/en/heard' : '/heard'}>{t('heard')}</a>
          <a href={locale === 'en' ? '/en/figures' : '/figures'}>{t('figures')}</a>
        </div>
      </main>
    </>
  );
}

/** Whether this installation holds synthetic data; remembered, so that the mark stays when offline. */
function useDemo(): boolean {
  const [demo, setDemo] = useState(() => localStorage.getItem(demoKey) === '1');
  useEffect(() => {
    void fetch('/api/system')
      .then((response) => response.json() as Promise<{ demo: boolean }>)
      .then((system) => {
        localStorage.setItem(demoKey, system.demo ? '1' : '0');
        setDemo(system.demo);
      })
      .catch(() => undefined);
  }, []);
  return demo;
}
