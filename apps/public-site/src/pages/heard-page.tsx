import type { Text } from '../messages.ts';

export function HeardPage({ t }: { t: Text }) {
  return (
    <>
      <h1>{t('heardTitle')}</h1>
      <p className="lead">{t('heardLead')}</p>
      <h2>{t('heardWays')}</h2>
      <ul className="steps">
        {(['heardWay1', 'heardWay2', 'heardWay3', 'heardWay4'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <h2>{t('heardNext')}</h2>
      <ol className="steps">
        {(['heardNext1', 'heardNext2', 'heardNext3', 'heardNext4'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
      <p>
        <strong>{t('heardSafe')}</strong>
      </p>
    </>
  );
}
