import { CheckOutlined } from '@ant-design/icons';
import { listDatasetKinds, type DatasetKindItem } from '@sunlit/api-spec';
import {
  DetailPage,
  EmptyState,
  Facts,
  TableFrame,
  formatCount,
  useEndpoint,
  useLocalised,
  useMay,
  useUiText,
} from '@sunlit/ui';
import { Collapse } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { FreshnessMark } from '../../supervision/cockpit/cockpit-page.tsx';
import { DeliverData } from './deliver-data.tsx';

const rhythms = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;
const isRhythm = (value: string): value is (typeof rhythms)[number] => (rhythms as readonly string[]).includes(value);

const fieldTypes = [
  'idNumber',
  'personName',
  'bankAccount',
  'creditCode',
  'text',
  'code',
  'month',
  'date',
  'money',
  'integer',
  'decimal',
  'flag',
] as const;
const isFieldType = (type: string): type is (typeof fieldTypes)[number] =>
  (fieldTypes as readonly string[]).includes(type);

export function DatasetKindsPage() {
  const t = useT();
  const may = useMay();
  const local = useLocalised();
  const reading = useEndpoint(listDatasetKinds, {});
  const kinds = reading.data?.items ?? [];
  return (
    <DetailPage
      title={t('intake.kinds.title')}
      answer={t('intake.kinds.answer')}
      action={may('dataset.deliver') ? <DeliverData /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {kinds.length === 0 ? (
        <EmptyState explanation={t('intake.kinds.empty')} />
      ) : (
        <Collapse
          items={kinds.map((kind) => ({
            key: kind.code,
            label: (
              <span>
                <strong>{local(kind.title)}</strong> <span className="soft">{kind.providerName}</span>
              </span>
            ),
            extra: <FreshnessMark state={kind.freshness} />,
            children: <KindBody kind={kind} />,
          }))}
        />
      )}
    </DetailPage>
  );
}

function KindBody({ kind }: { kind: DatasetKindItem }) {
  const t = useT();
  const words = useUiText();
  return (
    <>
      <Facts
        items={[
          [t('intake.kind.purpose'), kind.purpose],
          [t('intake.kind.basis'), kind.legalBasis],
          [t('intake.kind.authorisation'), kind.authorisationRequired ? words('ui.yes') : words('ui.no')],
          [t('intake.kind.sensitive'), kind.sensitivity === 'sensitive' ? words('ui.yes') : words('ui.no')],
          [
            t('intake.kind.rhythm'),
            `${isRhythm(kind.rhythm) ? t(`intake.rhythm.${kind.rhythm}`) : kind.rhythm} · ${t('intake.kind.days', { days: kind.freshnessDays })}`,
          ],
          [t('intake.kind.mode'), t(`intake.mode.${kind.mode}`)],
          [
            t('intake.kind.last'),
            kind.lastDelivery ? (
              <Link to={`/deliveries/${kind.lastDelivery.id}`}>
                {t('intake.kind.rows', { rows: formatCount(kind.lastDelivery.rows), asOf: kind.lastDelivery.asOf })}
              </Link>
            ) : (
              t('intake.kind.never')
            ),
          ],
        ]}
      />
      <TableFrame label={t('intake.kind.fields')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('intake.field.name')}</th>
              <th scope="col">{t('intake.field.titles')}</th>
              <th scope="col">{t('intake.field.type')}</th>
              <th scope="col">{t('intake.field.required')}</th>
            </tr>
          </thead>
          <tbody>
            {kind.fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">{field.titles[0] ?? field.name}</th>
                <td className="soft">{field.titles.slice(1).join('、')}</td>
                <td>{isFieldType(field.type) ? t(`intake.type.${field.type}`) : field.type}</td>
                <td>{field.required ? <CheckOutlined aria-label={words('ui.yes')} /> : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}
