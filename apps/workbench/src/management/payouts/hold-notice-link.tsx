import { PrinterOutlined } from '@ant-design/icons';
import { getHoldEndNotice, getHoldNotice } from '@sunlit/api-spec';
import { endpointUrl } from '@sunlit/ui';
import { Button } from 'antd';
import { useT } from '../../messages.ts';

/** The notice to the household that a payment is held, or is no longer held, to print in large type. */
export function HoldNoticeLink({ id, end = false }: { id: string; end?: boolean }) {
  const t = useT();
  return (
    <Button
      className="noprint"
      size="small"
      icon={<PrinterOutlined />}
      href={endpointUrl(end ? getHoldEndNotice : getHoldNotice, { params: { id } })}
      target="_blank"
    >
      {t(end ? 'payout.notice.end' : 'payout.notice')}
    </Button>
  );
}
