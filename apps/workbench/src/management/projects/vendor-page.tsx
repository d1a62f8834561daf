import { decideVendorChange, getVendor, proposeVendorChange, type BodyOf, type ResponseOf } from '@sunlit/api-spec';
import { DayInput, DetailPage, Facts, Section, todayLocal, useCommand, useEndpoint, useMay } from '@sunlit/ui';
import { Form, Input, Radio } from 'antd';
import { useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { PlainTable } from './plain-table.tsx';

type Change = ResponseOf<typeof getVendor>['changes'][number];

/** A firm, and what of it changed from which day. */
export function VendorPage() {
  const t = useT();
  const may = useMay();
  const { id = '' } = useParams();
  const reading = useEndpoint(getVendor, { params: { id } });
  const vendor = reading.data;
  const isPending = vendor?.changes.some(({ state }) => state === 'proposed') ?? true;
  return (
    <DetailPage
      back={{ to: '/vendors', label: t('vendor.list.title') }}
      title={vendor?.name ?? ''}
      answer={vendor ? t('vendor.page.answer', { county: vendor.county.name, code: vendor.creditCode }) : null}
      action={may('project.run') && !isPending ? <ProposeChange id={id} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {vendor ? (
        <>
          <Facts
            items={[
              [
                t('vendor.representative'),
                t(vendor.hasRepresentative ? 'vendor.representative.kept' : 'vendor.representative.none'),
              ],
              [t('vendor.col.debarred'), vendor.debarredUntil],
            ]}
          />
          <Section title={t('vendor.changes')}>
            <PlainTable
              label={t('vendor.changes')}
              rows={vendor.changes}
              empty={t('vendor.changes.empty')}
              rowKey={(change) => change.id}
              columns={[
                { title: t('vendor.change.on'), render: (change) => change.changedOn },
                { title: t('vendor.change.what'), render: (change) => <What change={change} /> },
                { title: t('vendor.change.paper'), render: (change) => change.paper },
                {
                  title: t('vendor.change.state'),
                  render: (change) => (
                    <>
                      {t(`vendor.change.${change.state}`, { by: change.decidedBy ?? change.proposedBy })}
                      {change.mayDecide ? <DecideChange id={change.id} /> : null}
                    </>
                  ),
                },
              ]}
            />
          </Section>
        </>
      ) : null}
    </DetailPage>
  );
}

function What({ change }: { change: Change }) {
  const t = useT();
  const words = [
    change.name !== null && change.oldName !== null
      ? t('vendor.change.name', { from: change.oldName, to: change.name })
      : null,
    change.name !== null && change.oldName === null ? t('vendor.change.newName', { to: change.name }) : null,
    change.debarredUntil !== null ? t('vendor.change.debarred', { to: change.debarredUntil }) : null,
    change.representative ? t('vendor.change.representative') : null,
    change.phone ? t('vendor.change.phone') : null,
  ].filter((one) => one !== null);
  return (
    <>
      {words.map((one) => (
        <div key={one}>{one}</div>
      ))}
    </>
  );
}

type Proposal = Omit<BodyOf<typeof proposeVendorChange>, 'commandId'>;

function ProposeChange({ id }: { id: string }) {
  const t = useT();
  const propose = useCommand(proposeVendorChange);
  return (
    <CommandDialog<Proposal>
      label={t('vendor.do.change')}
      size="large"
      initialValues={{ changedOn: todayLocal() }}
      pending={propose.isPending}
      problem={propose.error}
      onSubmit={(values) => {
        // what was left empty stays as it is
        const given = Object.fromEntries(
          Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
        );
        return propose.mutateAsync({ params: { id }, body: given as unknown as Proposal });
      }}
    >
      <Form.Item name="changedOn" label={t('vendor.change.on')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="name" label={t('vendor.form.newName')} rules={[{ min: 4 }]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="representativeIdNumber" label={t('vendor.form.representative')}>
        <Input maxLength={18} autoComplete="off" />
      </Form.Item>
      <Form.Item name="phone" label={t('vendor.form.phone')}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item name="debarredUntil" label={t('vendor.form.debarredUntil')}>
        <DayInput />
      </Form.Item>
      <Form.Item name="paper" label={t('vendor.change.paper')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
    </CommandDialog>
  );
}

function DecideChange({ id }: { id: string }) {
  const t = useT();
  const decide = useCommand(decideVendorChange);
  return (
    <div style={{ marginTop: 8 }}>
      <CommandDialog<{ approve: boolean; reason: string }>
        label={t('vendor.do.decide')}
        pending={decide.isPending}
        problem={decide.error}
        onSubmit={(body) => decide.mutateAsync({ params: { id }, body })}
      >
        <Form.Item name="approve" label={t('vendor.form.approve')} rules={[{ required: true }]}>
          <Radio.Group
            options={[
              { value: true, label: t('vendor.form.approve.yes') },
              { value: false, label: t('vendor.form.approve.no') },
            ]}
          />
        </Form.Item>
        <Form.Item name="reason" label={t('vendor.form.reason')} rules={[{ required: true, min: 2 }]}>
          <Input.TextArea rows={3} maxLength={300} />
        </Form.Item>
      </CommandDialog>
    </div>
  );
}
