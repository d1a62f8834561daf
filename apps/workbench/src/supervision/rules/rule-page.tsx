import { getRule } from '@sunlit/api-spec';
import {
  DetailPage,
  Facts,
  RegionName,
  Section,
  SeverityTag,
  TableFrame,
  useEndpoint,
  useLocalised,
  useUiText,
  formatFen,
  type CallResult,
} from '@sunlit/ui';
import { Alert, Collapse } from 'antd';
import { Link, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { useDictionary } from '../../management/households/use-dictionary.ts';
import { PrecisionText } from './precision.tsx';

type RuleView = CallResult<typeof getRule>;

export function RulePage() {
  const t = useT();
  const local = useLocalised();
  const { code = '' } = useParams();
  const reading = useEndpoint(getRule, { params: { code } });
  const rule = reading.data;
  return (
    <DetailPage
      back={{ to: '/rules', label: t('rule.back') }}
      title={rule ? `${rule.code} ${local(rule.title)}` : code}
      tags={rule ? <SeverityTag severity={rule.severity} /> : null}
      answer={rule ? local(rule.purpose) : null}
      action={<Link to={`/findings?rule=${code}`}>{t('rule.findings')}</Link>}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {rule ? <RuleBody rule={rule} /> : null}
    </DetailPage>
  );
}

function RuleBody({ rule }: { rule: RuleView }) {
  const t = useT();
  const local = useLocalised();
  const effective = rule.effectiveTo
    ? t('rule.effective.between', { from: rule.effectiveFrom, to: rule.effectiveTo })
    : t('rule.effective.from', { from: rule.effectiveFrom });
  return (
    <>
      {rule.visibility === 'discipline-first' ? (
        <Alert type="info" showIcon title={t('rule.discipline')} style={{ marginBottom: 16 }} />
      ) : null}
      <Section title={t('rule.purpose')}>
        <Facts
          items={[
            [t('rule.datasets'), rule.datasetTitles.map(local).join('、')],
            [t('rule.effective'), effective],
            [t('rule.version'), rule.version],
            [t('rule.col.direction'), t(`finding.direction.${rule.direction}`)],
          ]}
        />
        <h3>{t('rule.basis')}</h3>
        <ul>
          {rule.legalBasis.map((basis) => (
            <li key={basis.zh}>{local(basis)}</li>
          ))}
        </ul>
        <PrecisionText precision={rule.precision} />
      </Section>
      <Section title={t('rule.excuses')}>
        <ul>
          {rule.knownExcuses.map((excuse) => (
            <li key={excuse.code}>{local(excuse.text)}</li>
          ))}
        </ul>
      </Section>
      <Section title={t('rule.notice')}>
        <div className="notice-preview">{local(rule.notice).replace(/\{\w+\}/g, '……')}</div>
      </Section>
      <Section title={t('rule.parameters')}>
        <Parameters rule={rule} />
      </Section>
      <Section title={t('rule.assessment', { day: rule.impactAssessment.assessedOn })}>
        <Facts
          items={(['purpose', 'necessity', 'risk', 'measures'] as const).map(
            (key) => [t(`rule.assessment.${key}`), local(rule.impactAssessment[key])] as const,
          )}
        />
      </Section>
      {rule.sql === '' ? (
        <p>{t('rule.raisedByHousehold')}</p>
      ) : (
        <Collapse items={[{ key: 'sql', label: t('rule.sql'), children: <pre className="sql">{rule.sql}</pre> }]} />
      )}
    </>
  );
}

function Parameters({ rule }: { rule: RuleView }) {
  const t = useT();
  const local = useLocalised();
  const show = useParameterValue();
  if (rule.parameters.length === 0) return <p className="soft">{t('rule.parameters.none')}</p>;
  return (
    <TableFrame label={t('rule.parameters')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('rule.parameter.name')}</th>
            <th scope="col">{t('rule.parameter.value')}</th>
            <th scope="col">{t('rule.parameter.region')}</th>
            <th scope="col">{t('rule.parameter.from')}</th>
            <th scope="col">{t('rule.parameter.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {rule.parameters.flatMap((parameter) =>
            parameter.values.map((value) => (
              <tr key={`${parameter.name}-${value.region.code}`}>
                <th scope="row">{local(parameter.description)}</th>
                <td className="nowrap">{show(parameter.unit, value.value)}</td>
                <td>
                  <RegionName region={value.region} />
                </td>
                <td className="nowrap">{value.validFrom ?? '—'}</td>
                <td>{value.basis}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}

const counted = ['years', 'months', 'days', 'count', 'percent', 'thousandths', 'month-of-year'] as const;
const isCounted = (unit: string): unit is (typeof counted)[number] => (counted as readonly string[]).includes(unit);

/** A parameter as a person reads it: fen as yuan, a flag as yes or no, numbers with their unit. */
function useParameterValue(): (unit: string, value: string) => string {
  const t = useT();
  const words = useUiText();
  const programmes = useDictionary('programme');
  return (unit, value) => {
    if (unit === 'fen') return `${formatFen(value)} ${words('ui.money.yuan')}`;
    if (unit === 'flag') return words(value === 'true' ? 'ui.yes' : 'ui.no');
    if (unit === 'codes')
      return value
        .split(',')
        .map((code) => programmes.find((one) => one.value === code)?.label ?? code)
        .join('、');
    if (unit === 'thousandths') return t('rule.unit.thousandths', { value: String(Number(value) / 1000) });
    return isCounted(unit) ? t(`rule.unit.${unit}`, { value }) : value;
  };
}
