import { PrinterOutlined } from '@ant-design/icons';
import { getHoldNotice } from '@sunlit/api-spec';
import { endpointUrl } from '@sunlit/ui';
import { Button } from 'antd';
import { useT } from '../../messages.ts';

/** The notice to the household of a held payment, to print in large type. */
export function HoldNoticeLink({ id }: { id: string }) {
  const t = useT();
  return (
    <Button
      className="noprint"
      size="small"
      icon={<PrinterOutlined />}
      href={endpointUrl(getHoldNotice, { params: { id } })}
      target="_blank"
    >
      {t('payout.notice')}
    </Button>
  );
}
