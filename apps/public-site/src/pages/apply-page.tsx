import { addressOf } from '../frame.tsx';
import type { Locale, Text } from '../messages.ts';
import type { Divisions } from '../page-data.ts';

interface ApplyPageProps {
  t: Text;
  locale: Locale;
  divisions: Divisions | undefined;
  /** an id for one sending of the form, so that pressing twice acts once */
  commandId: string;
  receipt: string | undefined;
  failed: boolean;
}

/** Ask for help, for oneself or somebody else: first where, then one question. Works without a script and without an account. */
export function ApplyPage({ t, locale, divisions, commandId, receipt, failed }: ApplyPageProps) {
  const here = addressOf('apply', locale);
  return (
    <>
      <h1>{t('applyTitle')}</h1>
      {receipt ? (
        <p className="told" role="status">
          {t('applyReceipt', { number: receipt })}
        </p>
      ) : null}
      {failed ? (
        <p className="told" role="alert">
          {t('applyNotTaken')}
        </p>
      ) : null}
      <p className="lead">{t('applyLead')}</p>
      {divisions?.isVillage ? (
        <>
          <p>
            {t('applyPlace', { region: divisions.region.fullName })}{' '}
            {divisions.parent ? (
              <a href={`${here}?regionCode=${divisions.parent.code}`}>{t('applyOtherPlace')}</a>
            ) : null}
          </p>
          <form
            method="post"
            action={`/api/public/identification${locale === 'en' ? '?language=en' : ''}`}
            className="say"
          >
            <input type="hidden" name="commandId" value={commandId} />
            <input type="hidden" name="regionCode" value={divisions.region.code} />
            <label>
              {t('applyTold')}
              <textarea name="told" required minLength={2} maxLength={2000} rows={6} />
            </label>
            <label>
              {t('applyName')}
              <input name="speakerName" required maxLength={60} autoComplete="name" />
            </label>
            <label>
              {t('applyPhone')}
              <input name="speakerPhone" required minLength={5} maxLength={30} inputMode="tel" autoComplete="tel" />
            </label>
            <p className="soft">{t('applyPrivate')}</p>
            <button type="submit">{t('applySend')}</button>
          </form>
        </>
      ) : (
        <>
          <h2>{t('applyWhere', { region: divisions?.region.fullName ?? '' })}</h2>
          {divisions?.parent && divisions.parent.code !== '000000000000' ? (
            <p>
              <a href={`${here}?regionCode=${divisions.parent.code}`}>
                {t('figuresUp', { region: divisions.parent.name })}
              </a>
            </p>
          ) : null}
          <ul className="places">
            {(divisions?.items ?? []).map((place) => (
              <li key={place.code}>
                <a href={`${here}?regionCode=${place.code}`}>{place.name}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{t('applyNext')}</h2>
      <ol className="steps">
        {(['applyNext1', 'applyNext2', 'applyNext3', 'applyNext4'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
    </>
  );
}
