import { getHousehold, listFindings, type HouseholdView } from '@sunlit/api-spec';
import {
  DayInput,
  DetailPage,
  Facts,
  MeaningTag,
  Section,
  formatDay,
  palette,
  todayLocal,
  useEndpoint,
  useMay,
} from '@sunlit/ui';
import { Alert, Button, Space } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { useT } from '../../messages.ts';
import { FindingLines } from '../../supervision/findings/finding-lines.tsx';
import { HouseholdQuality } from '../data-quality/household-quality.tsx';
import { ChangeHousehold } from '../change-requests/change-household.tsx';
import { HouseholdChanges } from '../change-requests/household-changes.tsx';
import { HouseholdProcedures } from '../identification/household-procedures.tsx';
import { MyFileSection } from '../my-file/my-file-section.tsx';
import { IncomeLedger } from '../income/income-ledger.tsx';
import { HouseholdPayouts } from '../payouts/household-payouts.tsx';
import { RecordSections } from '../sections/record-sections.tsx';
import { Authorisations } from './authorisations.tsx';
import { CheckHousehold } from './check-household.tsx';
import { daysOf } from './days-of.ts';
import { EnrolmentTable } from './household-tables.tsx';
import { HouseholdTimeline, HouseholdViewers } from './household-timeline.tsx';
import { MemberList } from './member-list.tsx';
import { RevealValue } from './reveal-value.tsx';

/** A household on any day: one sentence first, then people, income, benefits, findings, and who looked. */
export function HouseholdPage() {
  const t = useT();
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const asOf = params.get('asOf') ?? undefined;
  const knownOn = params.get('knownOn') ?? undefined;
  // What was recorded by the end of that day, in China.
  const knownAt = knownOn ? `${knownOn}T23:59:59+08:00` : undefined;
  const reading = useEndpoint(getHousehold, { params: { id }, query: { asOf, knownAt } }, { keepPrevious: true });
  const household = reading.data;
  const isToday = !asOf && !knownOn;
  const choose = (next: { asOf?: string; knownOn?: string }) =>
    setParams(Object.fromEntries(Object.entries(next).filter(([, day]) => day && day !== todayLocal())));
  const head = household?.members.find((member) => member.relation?.code === '01') ?? household?.members[0];
  return (
    <DetailPage
      back={{ to: '/households', label: t('household.back') }}
      title={head ? t('household.title', { name: head.name }) : t('household.list.title')}
      tags={household ? <MeaningTag color={palette.ink} label={household.status.label} /> : null}
      answer={household?.summary}
      action={
        <Space wrap>
          <DayInput
            label={t('household.asOf')}
            prefix={t('household.asOf')}
            max={todayLocal()}
            value={asOf ?? todayLocal()}
            onChange={(day) => choose({ asOf: day ?? '', knownOn })}
          />
          <DayInput
            label={t('household.knownOn')}
            prefix={t('household.knownOn')}
            max={todayLocal()}
            value={knownOn ?? todayLocal()}
            onChange={(day) => choose({ asOf, knownOn: day ?? '' })}
          />
          {household && isToday ? <ChangeHousehold household={household} /> : null}
        </Space>
      }
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
      aside={household ? <Aside household={household} /> : null}
    >
      {household ? (
        <>
          {isToday ? null : (
            <Alert
              type="info"
              showIcon
              style={{ marginBottom: 16 }}
              title={
                knownOn
                  ? t('household.knownOn.past', { day: asOf ?? todayLocal(), known: knownOn })
                  : t('household.asOf.past', { day: asOf ?? '' })
              }
              action={<Button onClick={() => setParams({})}>{t('household.asOf.today')}</Button>}
            />
          )}
          <HouseholdBody household={household} isToday={isToday} />
        </>
      ) : null}
    </DetailPage>
  );
}

/** The last day on which a merged household still stood for itself. */
function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

function HouseholdBody({ household, isToday }: { household: HouseholdView; isToday: boolean }) {
  const t = useT();
  const may = useMay();
  const head = household.members.find((member) => member.relation?.code === '01') ?? household.members[0];
  return (
    <>
      <Section title={t('household.members')}>
        <MemberList household={household} editable={isToday} />
      </Section>
      {isToday ? <HouseholdChanges householdId={household.id} /> : null}
      {isToday ? <HouseholdQuality household={household} /> : null}
      <Section title={t('household.contact')}>
        <Facts
          items={[
            [t('household.col.number'), household.number],
            [t('household.col.region'), household.region.fullName],
            ...(household.historicalRegion
              ? ([[t('household.historical'), household.historicalRegion.fullName]] as const)
              : []),
            ...(household.merged.length > 0
              ? ([
                  [
                    t('household.merged'),
                    household.merged.map((one) => (
                      <div key={one.id}>
                        <Link to={`/households/${one.id}?asOf=${dayBefore(one.since)}`}>{one.number}</Link>{' '}
                        <span className="soft">{one.since}</span>
                      </div>
                    )),
                  ],
                ] as const)
              : []),
            [t('household.address'), household.address],
            [
              t('household.phone'),
              <RevealValue
                key="phone"
                personId={head?.personId}
                field="phone"
                masked={household.phoneMasked}
                days={daysOf(household, isToday)}
              />,
            ],
            [
              t('household.account'),
              <RevealValue
                key="account"
                personId={head?.personId}
                field="bankAccount"
                masked={household.accountMasked}
                days={daysOf(household, isToday)}
              />,
            ],
          ]}
        />
      </Section>
      <RecordSections
        household={household}
        editable={isToday}
        days={{ asOf: household.asOf, knownAt: household.knownAt ?? undefined }}
      />
      <IncomeLedger household={household} editable={isToday} knownAt={household.knownAt ?? undefined} />
      <Section
        title={t('household.enrolments')}
        extra={
          may('fund.read') ? (
            <Link to={`/funds/households/${household.id}/trace`}>{t('fund.trace.household.title')}</Link>
          ) : null
        }
      >
        <EnrolmentTable household={household} />
      </Section>
      {isToday ? <HouseholdPayouts householdId={household.id} /> : null}
      {isToday ? <HouseholdProcedures householdId={household.id} /> : null}
      {isToday ? <Authorisations household={household} /> : null}
      {isToday && may('my-file.serve') ? <MyFileSection household={household} /> : null}
      <HouseholdFindings household={household} />
      {household.sourceRows.some((source) => Object.keys(source.unmapped).length > 0) ? (
        <Section title={t('household.sources')}>
          {household.sourceRows.map((source) => (
            <div key={`${source.importId}-${source.row}`}>
              <p className="soft">
                {t('household.source.row', { row: source.row, day: formatDay(source.importedAt) })}
              </p>
              <Facts items={Object.entries(source.unmapped)} />
            </div>
          ))}
        </Section>
      ) : null}
    </>
  );
}

function HouseholdFindings({ household }: { household: HouseholdView }) {
  const t = useT();
  const may = useMay();
  const findings = useEndpoint(
    listFindings,
    { query: { householdId: household.id, limit: 20 } },
    { enabled: may('finding.read') },
  );
  if (!may('finding.read') && !may('subject.check')) return null;
  return (
    <Section
      title={t('household.findings')}
      extra={may('subject.check') ? <CheckHousehold householdId={household.id} /> : null}
    >
      {findings.data?.items.length ? (
        <FindingLines items={findings.data.items} />
      ) : (
        <p className="soft">{t('household.findings.none')}</p>
      )}
    </Section>
  );
}

function Aside({ household }: { household: HouseholdView }) {
  const t = useT();
  return (
    <>
      <Section title={t('household.status')}>
        <ol className="history">
          {household.statusHistory.map((entry, index) => (
            <li key={index}>
              <p>
                <span className="number soft">
                  {entry.from} – {entry.to ?? t('household.enrolment.now')}
                </span>
              </p>
              <p>
                {entry.status.label} {entry.reason ? <span className="soft">{entry.reason}</span> : null}
              </p>
            </li>
          ))}
        </ol>
      </Section>
      <HouseholdTimeline householdId={household.id} />
      <HouseholdViewers householdId={household.id} />
    </>
  );
}
