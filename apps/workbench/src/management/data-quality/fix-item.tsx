import { getHousehold, type QualityItem } from '@sunlit/api-spec';
import { ErrorState, useEndpoint } from '@sunlit/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { FactsForm, correctableFacts } from '../households/change-person.tsx';

/** The list follows the registry by an event, a moment after the correction. */
const settleMilliseconds = 1500;

/** Corrects a member in place; what stands in another system's table says so. */
export function FixItem({ item }: { item: QualityItem }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const here = item.person !== null && item.correctable.some((field) => correctableFacts.has(field));
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
        {here ? (
          <Correction item={item} onClose={() => setOpen(false)} />
        ) : (
          <>
            <Alert type="info" showIcon title={t('quality.fix.elsewhere')} />
            <p>
              <Link to={`/households/${item.household.id}`}>{item.household.headName}</Link>
            </p>
          </>
        )}
      </Modal>
    </>
  );
}

function Correction({ item, onClose }: { item: QualityItem; onClose: () => void }) {
  const queries = useQueryClient();
  const household = useEndpoint(getHousehold, { params: { id: item.household.id }, query: {} });
  const member = household.data?.members.find(({ personId }) => personId === item.person?.id);
  if (household.error) return <ErrorState error={household.error} onRetry={() => void household.refetch()} />;
  if (!household.data || !member) return <Skeleton active />;
  const close = () => {
    onClose();
    setTimeout(() => void queries.invalidateQueries(), settleMilliseconds);
  };
  return <FactsForm member={member} version={household.data.version} onClose={close} />;
}
