import { getHousehold, type HouseholdView, type QualityItem } from '@sunlit/api-spec';
import { ErrorState, Section, useEndpoint } from '@sunlit/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { FactsForm, correctableFacts } from '../change-requests/member-forms.tsx';
import { CellsForm } from './cells-form.tsx';

/** The list follows the registry by an event, a moment after the correction. */
const settleMilliseconds = 1500;

/** Corrects what an item is about, in place: facts of a member, columns of the county's own table, or on the household's page. */
export function FixItem({ item }: { item: QualityItem }) {
  const t = useT();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    setTimeout(() => void queries.invalidateQueries(), settleMilliseconds);
  };
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen(true)}>
        {t('quality.fix')}
      </Button>
      <Modal
        open={open}
        title={t('quality.fix.here', { name: item.person?.name ?? item.household.headName })}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Correction item={item} onClose={close} />
      </Modal>
    </>
  );
}

function Correction({ item, onClose }: { item: QualityItem; onClose: () => void }) {
  const t = useT();
  const household = useEndpoint(getHousehold, { params: { id: item.household.id }, query: {} });
  if (household.error) return <ErrorState error={household.error} onRetry={() => void household.refetch()} />;
  if (!household.data) return <Skeleton active />;
  const member = memberOf(household.data, item);
  const facts = item.person !== null && item.correctable.fields.some((field) => correctableFacts.has(field));
  const { columns } = item.correctable;
  return (
    <>
      {columns.length > 0 && member ? (
        <Section title={t('quality.fix.columns')}>
          <CellsForm householdId={household.data.id} personId={member.personId} titles={columns} onClose={onClose} />
        </Section>
      ) : null}
      {facts && member ? (
        <Section title={t('quality.fix.facts')}>
          <FactsForm householdId={household.data.id} member={member} onClose={onClose} />
        </Section>
      ) : null}
      {columns.length === 0 && !facts ? (
        <>
          <Alert type="info" showIcon title={t('quality.fix.elsewhere')} />
          <p>
            <Link to={`/households/${item.household.id}`}>{item.household.headName}</Link>
          </p>
        </>
      ) : null}
    </>
  );
}

/** What concerns the household stands on the row of its head. */
function memberOf({ members }: HouseholdView, item: QualityItem): HouseholdView['members'][number] | undefined {
  if (item.person) return members.find(({ personId }) => personId === item.person?.id);
  return members.find(({ relation }) => relation?.code === '01') ?? members[0];
}
