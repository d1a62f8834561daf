import type { ReactNode } from 'react';
import type { Locale, Text } from '../messages.ts';
import type { MyFile } from '../page-data.ts';

export interface MyFileVisit {
  file: MyFile | undefined;
  /** a provider vouches for residents here */
  realNameSignIn: boolean;
  problem: string | undefined;
  receipt: string | undefined;
  done: 'closed' | 'withdrawn' | 'said' | undefined;
}

interface MyFilePageProps {
  t: Text;
  locale: Locale;
  visit: MyFileVisit;
}

/** One's own file: opened with a letter and the identity number, read and answered with plain forms. */
export function MyFilePage({ t, locale, visit }: MyFilePageProps) {
  return (
    <>
      <h1>{t('meTitle')}</h1>
      <Told t={t} visit={visit} />
      {visit.file ? (
        <File t={t} locale={locale} file={visit.file} />
      ) : (
        <Door t={t} locale={locale} realNameSignIn={visit.realNameSignIn} />
      )}
    </>
  );
}

function Told({ t, visit }: { t: Text; visit: MyFileVisit }) {
  const known = [
    'sign-in-failed',
    'sign-in-required',
    'wrong-state',
    'request-invalid',
    'not-permitted',
    'real-name-refused',
    'real-name-unknown',
    'real-name-twice',
    'real-name-away',
    'not-registered',
    'letter-ended',
  ] as const;
  const problem = visit.problem && (known.find((code) => code === visit.problem) ?? 'other');
  if (problem && !(problem === 'sign-in-required' && visit.file))
    return (
      <p className="told" role="alert">
        {t(`meProblem.${problem}`)}
      </p>
    );
  const word = visit.receipt
    ? t('meReceipt', { number: visit.receipt })
    : visit.done === 'closed'
      ? t('meClosed')
      : visit.done === 'withdrawn'
        ? t('meWithdrawn')
        : visit.done === 'said'
          ? t('meMeasureThanks')
          : undefined;
  return word ? (
    <p className="told" role="status">
      {word}
    </p>
  ) : null;
}

function Door({ t, locale, realNameSignIn }: { t: Text; locale: Locale; realNameSignIn: boolean }) {
  return (
    <>
      <p className="lead">{t('meLead')}</p>
      {realNameSignIn ? (
        <>
          <h2>{t('meRealName')}</h2>
          <p>{t('meRealNameHow')}</p>
          <p>
            <a className="button" href={`/api/my-file/real-name/start${suffix(locale)}`} rel="nofollow">
              {t('meRealName')}
            </a>
          </p>
        </>
      ) : null}
      <h2>{t(realNameSignIn ? 'meByLetter' : 'meOpen')}</h2>
      <p>{t('meHow')}</p>
      <form method="post" action={`/api/my-file/visit${suffix(locale)}`} className="say">
        <label>
          {t('meCode')}
          <input name="code" required minLength={8} maxLength={24} autoComplete="off" autoCapitalize="characters" />
        </label>
        <label>
          {t('meIdNumber')}
          <input name="idNumber" required minLength={15} maxLength={24} autoComplete="off" />
        </label>
        <button type="submit">{t('meEnter')}</button>
      </form>
      <p>{t('meOther')}</p>
    </>
  );
}

const suffix = (locale: Locale) => (locale === 'en' ? '?language=en' : '');
const yuan = (fen: number) => (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 });

function File({ t, locale, file }: Omit<MyFilePageProps, 'visit'> & { file: MyFile }) {
  const local = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  const ofPerson = (name: string) => (locale === 'en' ? ` (${name})` : `（${name}）`);
  return (
    <>
      <p className="lead">{file.summary}</p>
      <p>
        {file.region.fullName}
        {file.address ? ` ${file.address}` : ''}
        <br />
        <span className="soft">{t('meReading', { name: file.person.name, reader: local(file.reader) })}</span>
      </p>
      <form method="post" action={`/api/my-file/close${suffix(locale)}`}>
        <button type="submit">{t('meClose')}</button>
      </form>

      <Section title={t('meMembers')} none={t('meNone')}>
        {file.members.map((member, index) => (
          <li key={index}>
            {[member.relation, member.name, member.age === null ? '' : t('meAge', { age: member.age })]
              .filter(Boolean)
              .join(' · ')}{' '}
            <span className="soft">{member.idNumberMasked}</span>
          </li>
        ))}
      </Section>
      <Ask t={t} locale={locale} kind="correction" label={t('meCorrect')} />

      <Section title={t('meBenefits')} none={t('meNone')}>
        {file.benefits.map((benefit, index) => (
          <li key={index}>
            {benefit.programme}
            {benefit.person ? ofPerson(benefit.person) : ''}{' '}
            {t('meFromTo', { from: benefit.from, to: benefit.to ?? t('meNow') })}
          </li>
        ))}
      </Section>

      <Section title={t('mePayouts')} none={t('meNone')}>
        {file.payouts.map((payout) => (
          <li key={payout.id}>
            <strong>
              {payout.month} {local(payout.programme)}
              {ofPerson(payout.payee)} {t('meYuan', { amount: yuan(payout.amountFen) })}
            </strong>
            <br />
            {t('meWorking', { standard: yuan(payout.standardFen), units: payout.units, months: payout.months })}
            {payout.paidOn ? ` ${t('mePaidOn', { day: payout.paidOn })}` : ''}
            <br />
            <span className="soft">{payout.basis}</span>
            {payout.notices
              .filter(({ withdrawn }) => !withdrawn)
              .map((notice) => (
                <HoldNotice key={notice.id} t={t} locale={locale} notice={notice} />
              ))}
            {payout.notices.map(({ id, number, ended }) =>
              ended ? (
                <p key={id}>
                  {t(ended.objection ? 'meHoldEndedObjection' : 'meHoldEnded', {
                    day: ended.on,
                    notice: number,
                    reason: ended.reason,
                    objection: ended.objection ?? '',
                  })}{' '}
                  <a href={`/api/my-file/hold-notices/${id}/end${suffix(locale)}`} rel="nofollow">
                    {t('meHeldNotice', { number: ended.number })}
                  </a>
                </p>
              ) : null,
            )}
            <NotReceived t={t} locale={locale} file={file} payout={payout} />
          </li>
        ))}
      </Section>

      <Section title={t('meCases')} none={t('meCasesNone')}>
        {file.cases.map((one) => (
          <HouseholdCase key={one.id} t={t} locale={locale} one={one} />
        ))}
      </Section>

      <Section title={t('meDecisions')} none={t('meDecisionsNone')}>
        {file.decisions.map((decision) => (
          <li key={decision.id}>
            <strong>{decision.headline}</strong>
            <br />
            {local(decision.state)}
            {decision.outcome
              ? ` · ${t('meDecided', { outcome: local(decision.outcome), by: decision.decidedBy ?? '', day: decision.decidedOn ?? '', reason: decision.reason ?? '' })}`
              : ''}
            {decision.outcome ? (
              <Ask t={t} locale={locale} kind="contest" subjectId={decision.id} label={t('meContest')} />
            ) : null}
          </li>
        ))}
      </Section>

      <Section title={t('meLookups')} none={t('meLookupsNone')}>
        {file.lookups.map((look, index) => (
          <li key={index}>
            {look.at.slice(0, 10)} {look.who} {local(look.what)}
            {look.reason ? `：${look.reason}` : ''}
          </li>
        ))}
      </Section>
      <p className="soft">{t('meLookupsLater', { days: file.lookupsHiddenForDays })}</p>

      <Section title={t('meAuthorisations')} none={t('meAuthorisationsNone')}>
        {file.authorisations.map((one) => (
          <li key={one.id}>
            {one.kinds.map(local).join('、')}：{one.purpose}（{one.signedOn}，{t(`meAuthorisation.${one.state}`)}）
            {one.state === 'valid' ? (
              <Withdraw locale={locale} what="authorisation" subjectId={one.id} label={t('meWithdraw')} />
            ) : null}
          </li>
        ))}
      </Section>
      <Section title={t('meHelpers')} none={t('meHelpersNone')}>
        {file.helpers.map((helper) => (
          <li key={helper.id}>
            {helper.name}（{t(`meRelation.${helper.relation}`)}，{t('meUntil', { day: helper.validUntil })}）
            <Withdraw locale={locale} what="helper" subjectId={helper.id} label={t('meWithdraw')} />
          </li>
        ))}
      </Section>

      <Section title={t('meRequests')} none={t('meRequestsNone')}>
        {file.requests.map((request) => (
          <li key={request.id}>
            <strong>
              {request.number} {t(`meKind.${request.kind}`)}
              {request.outcome ? ` ${t(`meOutcome.${request.outcome}`)}` : ''}
            </strong>
            <br />
            {request.text}
            <br />
            {request.answer
              ? t('meAnswered', { answer: request.answer, by: request.answeredBy ?? '' })
              : t('meDue', { day: request.dueOn })}
          </li>
        ))}
      </Section>
    </>
  );
}

/** Where it stands that a payment did not arrive, or the place to say so; what never went to the bank is another matter. */
function NotReceived({
  t,
  locale,
  file,
  payout,
}: Omit<MyFilePageProps, 'visit'> & { file: MyFile; payout: MyFile['payouts'][number] }) {
  const said = file.decisions.find(({ paymentId, outcome }) => paymentId === payout.id && outcome === null);
  if (said)
    return (
      <p>
        {t('meNotReceivedSaid', { number: said.number, state: locale === 'en' ? said.state.en : said.state.zh })}
        {said.dueOn ? ` ${t('meNextBy', { day: said.dueOn })}` : ''}
      </p>
    );
  if (!['sent', 'paid', 'failed', 're-issued'].includes(payout.state)) return null;
  return <Ask t={t} locale={locale} kind="not-received" subjectId={payout.id} label={t('meNotReceived')} />;
}

/** Why a payment is held, until when, whom to ask, and how to object. */
function HoldNotice({
  t,
  locale,
  notice,
}: {
  t: Text;
  locale: Locale;
  notice: MyFile['payouts'][number]['notices'][number];
}) {
  return (
    <div>
      <p>
        {t('meHeld', {
          until: notice.until,
          fact: locale === 'en' ? notice.fact.en : notice.fact.zh,
          reason: notice.reason,
          basis: notice.legalBasis,
        })}{' '}
        {t('meHeldAsk', { name: notice.contact.name, phone: notice.contact.phone })}
      </p>
      <a className="button" href={`/api/my-file/hold-notices/${notice.id}${suffix(locale)}`} rel="nofollow">
        {t('meHeldNotice', { number: notice.number })}
      </a>
      <Ask t={t} locale={locale} kind="contest" subjectId={notice.id} label={t('meContest')} />
    </div>
  );
}

function HouseholdCase({ t, locale, one }: { t: Text; locale: Locale; one: MyFile['cases'][number] }) {
  const local = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  return (
    <li>
      <strong>
        {local(one.title)} {one.number}
      </strong>
      <br />
      {one.openedOn} · {local(one.state)}
      {one.class ? ` · ${local(one.class)}` : ''}
      {one.suspended ? (
        <>
          <br />
          {t('meCaseSuspended')}
        </>
      ) : one.next ? (
        <>
          <br />
          {one.dueOn
            ? t('meCaseNextBy', { step: local(one.next), day: one.dueOn })
            : t('meCaseNext', { step: local(one.next) })}
        </>
      ) : null}
      {one.decisions.length > 0 ? (
        <>
          <h3>{t('meCaseDecided')}</h3>
          <ul>
            {one.decisions.map((decision) => (
              <li key={decision.id}>
                {t('meDecided', {
                  outcome: `${local(decision.title)} → ${local(decision.result)}`,
                  by: decision.by,
                  day: decision.on,
                  reason: decision.reason,
                })}
                {decision.mayAppeal ? (
                  <Ask t={t} locale={locale} kind="appeal" subjectId={decision.id} label={t('meAppeal')} />
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {one.measures.length > 0 ? (
        <>
          <h3>{t('meCaseMeasures')}</h3>
          <ul>
            {one.measures.map((measure) => (
              <li key={measure.id}>
                {t('meMeasure', {
                  what: `${local(measure.kind)} · ${measure.what}`,
                  by: measure.responsible,
                  day: measure.dueOn,
                })}{' '}
                {t(
                  measure.isOverdue
                    ? 'meMeasureState.overdue'
                    : measure.helped === false
                      ? 'meMeasureState.denied'
                      : `meMeasureState.${measure.state}`,
                  { day: measure.deliveredOn ?? '' },
                )}
                {measure.said ? ` ${t('meMeasureSaid', { said: measure.said })}` : ''}
                {measure.state === 'delivered' ? <AnswerMeasure t={t} locale={locale} measureId={measure.id} /> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {one.followUps.some(({ doneOn }) => doneOn === null) ? (
        <p>
          {t('meFollowUps', {
            days: one.followUps
              .flatMap(({ doneOn, dueOn }) => (doneOn === null ? [dueOn] : []))
              .join(locale === 'en' ? ', ' : '、'),
          })}
        </p>
      ) : null}
      {one.appeals.map((appeal) => (
        <p key={appeal.number}>
          {t('meAppealed', { number: appeal.number, against: local(appeal.against), day: appeal.on })}{' '}
          {appeal.outcome
            ? t(`meAppealOutcome.${appeal.outcome}`, { by: appeal.answeredBy ?? '', answer: appeal.answer ?? '' })
            : t('meAppealOpen')}
        </p>
      ))}
    </li>
  );
}

function Section({ title, none, children }: { title: string; none: string; children: ReactNode[] }) {
  return (
    <>
      <h2>{title}</h2>
      {children.length === 0 ? <p>{none}</p> : <ul className="ways">{children}</ul>}
    </>
  );
}

/** An id for one sending of this form, so that pressing twice acts once. */
function CommandId() {
  return <input type="hidden" name="commandId" value={crypto.randomUUID()} />;
}

interface AskProps {
  t: Text;
  locale: Locale;
  kind: 'correction' | 'contest' | 'not-received' | 'appeal';
  subjectId?: string;
  label: string;
}

/** Folded until wanted; works without a script. */
function Ask({ t, locale, kind, subjectId, label }: AskProps) {
  return (
    <details>
      <summary>{label}</summary>
      <form method="post" action={`/api/my-file/requests${suffix(locale)}`} className="say">
        <CommandId />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="subjectId" value={subjectId ?? ''} />
        <label>
          {t('meText')}
          <textarea name="text" required minLength={2} maxLength={2000} rows={4} />
        </label>
        <button type="submit">{t('noticeSaySend')}</button>
      </form>
    </details>
  );
}

/** Whether help that is recorded as delivered arrived: only the household knows. */
function AnswerMeasure({ t, locale, measureId }: { t: Text; locale: Locale; measureId: string }) {
  return (
    <details>
      <summary>{t('meMeasureAnswer')}</summary>
      <form method="post" action={`/api/my-file/measures${suffix(locale)}`} className="say">
        <CommandId />
        <input type="hidden" name="measureId" value={measureId} />
        <fieldset>
          <legend>{t('meMeasureCame')}</legend>
          <label>
            <input type="radio" name="helped" value="yes" required /> {t('meMeasureYes')}
          </label>
          <label>
            <input type="radio" name="helped" value="no" /> {t('meMeasureNo')}
          </label>
        </fieldset>
        <label>
          {t('meMeasureMore')}
          <textarea name="text" maxLength={500} rows={3} />
        </label>
        <button type="submit">{t('noticeSaySend')}</button>
      </form>
    </details>
  );
}

interface WithdrawProps {
  locale: Locale;
  what: 'authorisation' | 'helper';
  subjectId: string;
  label: string;
}

function Withdraw({ locale, what, subjectId, label }: WithdrawProps) {
  return (
    <form method="post" action={`/api/my-file/withdrawals${suffix(locale)}`}>
      <CommandId />
      <input type="hidden" name="what" value={what} />
      <input type="hidden" name="subjectId" value={subjectId} />
      <button type="submit">{label}</button>
    </form>
  );
}
