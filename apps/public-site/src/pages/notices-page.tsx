import { addressOf } from '../frame.tsx';
import type { Locale, Text } from '../messages.ts';
import type { PublicNotice, PublicNotices } from '../page-data.ts';

interface NoticesPageProps {
  t: Text;
  locale: Locale;
  notices: PublicNotices | undefined;
}

/** What stands on the notice boards today, by place. */
export function NoticesPage({ t, locale, notices }: NoticesPageProps) {
  const here = addressOf('notices', locale);
  if (!notices) {
    return (
      <>
        <h1>{t('noticesTitle')}</h1>
        <p>{t('noticesNone')}</p>
      </>
    );
  }
  return (
    <>
      <h1>{t('noticesTitle')}</h1>
      <p className="lead">{t('noticesLead', { region: notices.region.fullName })}</p>
      {notices.parent ? (
        <p>
          <a href={`${here}?regionCode=${notices.parent.code}`}>{t('figuresUp', { region: notices.parent.name })}</a>
        </p>
      ) : null}
      {notices.places.length > 0 ? (
        <>
          <h2>{t('noticesPlaces')}</h2>
          <ul className="places">
            {notices.places.map((place) => (
              <li key={place.region.code}>
                <a href={`${here}?regionCode=${place.region.code}`}>{place.region.name}</a>{' '}
                {t('noticesCount', { count: place.notices })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h2>{t('noticesStanding')}</h2>
      {notices.items.length === 0 ? <p>{t('noticesNone')}</p> : null}
      <ul className="ways">
        {notices.items.map((item) => (
          <li key={item.id}>
            <h3>
              <a href={`${here}?notice=${item.id}`}>{locale === 'en' ? item.title.en : item.title.zh}</a>
            </h3>
            {item.region.fullName}
            <br />
            {t('noticesUntil', { endsOn: item.endsOn, days: item.daysLeft })}
          </li>
        ))}
      </ul>
    </>
  );
}

interface NoticePageProps {
  t: Text;
  locale: Locale;
  notice: PublicNotice | undefined;
  /** an id for one sending of the form, so that pressing twice acts once */
  commandId: string;
  receipt: string | undefined;
  failed: boolean;
}

/** One notice, with the way to disagree: a plain form that works without a script. */
export function NoticePage({ t, locale, notice, commandId, receipt, failed }: NoticePageProps) {
  const here = addressOf('notices', locale);
  if (!notice) {
    return (
      <>
        <h1>{t('noticeGoneTitle')}</h1>
        {receipt ? <p className="lead">{t('noticeReceipt', { number: receipt })}</p> : null}
        <p>{t('noticeGoneText')}</p>
        <p>
          <a href={here}>{t('noticesBack')}</a>
        </p>
      </>
    );
  }
  const local = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  const fields = notice.fields.filter((field) => notice.rows.some((row) => row.values[field.name]));
  return (
    <>
      <p>
        <a href={`${here}?regionCode=${notice.region.code}`}>{t('noticesBack')}</a>
      </p>
      <h1>{local(notice.title)}</h1>
      {receipt ? (
        <p className="told" role="status">
          {t('noticeReceipt', { number: receipt })}
        </p>
      ) : null}
      {failed ? (
        <p className="told" role="alert">
          {t('noticeNotTaken', { contact: notice.contact })}
        </p>
      ) : null}
      <p className="lead">{notice.region.fullName}</p>
      <p>{local(notice.wording)}</p>
      <div className="scroll" tabIndex={0} role="region" aria-label={local(notice.title)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('noticeNumber')}</th>
              {fields.map((field) => (
                <th
                  scope="col"
                  key={field.name}
                  className={field.type === 'count' || field.type === 'amount' ? 'n' : undefined}
                >
                  {local(field.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {notice.rows.map((row, index) => (
              <tr key={index}>
                <td>{index + 1}</td>
                {fields.map((field) => (
                  <td key={field.name} className={field.type === 'count' || field.type === 'amount' ? 'n' : undefined}>
                    {row.values[field.name] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notice.note ? <p>{notice.note}</p> : null}
      {notice.attachments.length > 0 ? (
        <>
          <h2>{t('noticeAttachments')}</h2>
          <ul>
            {notice.attachments.map((file) => (
              <li key={file.id}>
                <a href={`/api/public/notices/${notice.id}/attachments/${file.id}`}>{file.fileName}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p>
        {t('noticePeriod', { startsOn: notice.startsOn, endsOn: notice.endsOn, days: notice.daysLeft })}
        <br />
        {t('noticeContact', { contact: notice.contact })}
        <br />
        <span className="soft">{t('noticeBasis', { basis: notice.basis, number: notice.number })}</span>
      </p>
      <h2>{t('noticeSay')}</h2>
      <p>{t('noticeSayHow')}</p>
      <form
        method="post"
        action={`/api/public/notices/${notice.id}/objections${locale === 'en' ? '?language=en' : ''}`}
        className="say"
      >
        <input type="hidden" name="commandId" value={commandId} />
        <label>
          {t('noticeSayText')}
          <textarea name="text" required minLength={2} maxLength={2000} rows={5} />
        </label>
        <label>
          {t('noticeSayName')}
          <input name="speakerName" maxLength={60} autoComplete="name" />
        </label>
        <label>
          {t('noticeSayPhone')}
          <input name="speakerPhone" maxLength={30} inputMode="tel" autoComplete="tel" />
        </label>
        <button type="submit">{t('noticeSaySend')}</button>
      </form>
    </>
  );
}
