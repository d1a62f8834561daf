import { WarningOutlined } from '@ant-design/icons';
import { getRecordSections, type HouseholdView, type SectionView } from '@sunlit/api-spec';
import { ErrorState, Section, TableFrame, palette, useEndpoint, useLocalised, useMay, useUiText } from '@sunlit/ui';
import { Button, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { SectionForm } from './section-form.tsx';

interface Days {
  asOf?: string | undefined;
  knownAt?: string | undefined;
}

/** Housing, water, land, work, insurance, schooling: every field with who says it since when, and who says otherwise. */
export function RecordSections({
  household,
  editable,
  days,
}: {
  household: HouseholdView;
  editable: boolean;
  days: Days;
}) {
  const t = useT();
  const local = useLocalised();
  const reading = useEndpoint(getRecordSections, { params: { id: household.id }, query: days });
  const items = reading.data?.items;
  return (
    <Section title={t('section.title')} extra={editable ? <EnterSection household={household} /> : null}>
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active /> : null}
      {items?.length === 0 ? <p className="soft">{t('section.none')}</p> : null}
      {items?.map((item) => (
        <div key={`${item.code}-${item.person?.id ?? ''}`}>
          <h3>
            {local(item.title)} {item.person ? <span className="soft">{item.person.name}</span> : null}
          </h3>
          <Fields item={item} />
          {item.authorityRule ? (
            <p className="soft">
              {t('section.authority.rule', { basis: item.authorityRule.basis, day: item.authorityRule.validFrom })}
            </p>
          ) : null}
        </div>
      ))}
    </Section>
  );
}

function EnterSection({ household }: { household: HouseholdView }) {
  const t = useT();
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may('household.propose')) return null;
  return (
    <>
      <Button className="noprint" onClick={() => setOpen(true)}>
        {t('section.enter')}
      </Button>
      <Modal open={open} title={t('section.enter')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <SectionForm household={household} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

type Value = SectionView['fields'][number]['value'];

function Fields({ item }: { item: SectionView }) {
  const t = useT();
  const local = useLocalised();
  const words = useUiText();
  const said = (value: Value) => {
    if (value === null) return '—';
    return typeof value === 'boolean' ? words(value ? 'ui.yes' : 'ui.no') : String(value);
  };
  return (
    <TableFrame label={local(item.title)}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('change.field')}</th>
            <th scope="col">{t('section.value')}</th>
            <th scope="col">{t('section.source')}</th>
          </tr>
        </thead>
        <tbody>
          {item.fields.map((field) => (
            <tr key={field.code}>
              <th scope="row">{local(field.label)}</th>
              <td>
                {said(field.value)}
                {field.others.map((other) => (
                  <div key={other.source.code} style={{ color: palette.soon }}>
                    <WarningOutlined aria-hidden />{' '}
                    {t('section.other', {
                      source: other.source.label,
                      value: said(other.value),
                      day: other.observedOn,
                    })}
                  </div>
                ))}
              </td>
              <td className="soft">
                {field.source.label} {field.observedOn}
                <div>{t('section.authority', { sources: field.authority.map(({ label }) => label).join(' → ') })}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
