import { addressOf } from '../frame.tsx';
import type { Locale, Text } from '../messages.ts';

export function HomePage({ t, locale }: { t: Text; locale: Locale }) {
  return (
    <>
      <h1>{t('homeTitle')}</h1>
      <p className="lead">{t('homeLead')}</p>
      <ul className="ways">
        <li>
          <h2>
            <a href={addressOf('apply', locale)}>{t('navApply')}</a>
          </h2>
          {t('homeWaysApply')}
        </li>
        <li>
          <h2>
            <a href={addressOf('notices', locale)}>{t('navNotices')}</a>
          </h2>
          {t('homeWaysNotices')}
        </li>
        <li>
          <h2>
            <a href={addressOf('figures', locale)}>{t('navFigures')}</a>
          </h2>
          {t('homeWaysFigures')}
        </li>
        <li>
          <h2>
            <a href={addressOf('rules', locale)}>{t('navRules')}</a>
          </h2>
          {t('homeWaysRules')}
        </li>
        <li>
          <h2>
            <a href={addressOf('heard', locale)}>{t('navHeard')}</a>
          </h2>
          {t('homeWaysHeard')}
        </li>
      </ul>
      <h2>{t('homePromise')}</h2>
      <ol className="steps">
        {(['homePromise1', 'homePromise2', 'homePromise3', 'homePromise4'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
    </>
  );
}
