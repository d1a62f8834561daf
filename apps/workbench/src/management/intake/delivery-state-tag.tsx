import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  PauseCircleOutlined,
  RollbackOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { DeliveryView } from '@sunlit/api-spec';
import { MeaningTag, palette } from '@sunlit/ui';
import type { ReactNode } from 'react';
import { useT } from '../../messages.ts';

const looks: Record<DeliveryView['state'], { icon: ReactNode; color: string }> = {
  checking: { icon: <SyncOutlined spin />, color: palette.ink },
  held: { icon: <PauseCircleOutlined />, color: palette.soon },
  accepted: { icon: <CheckCircleOutlined />, color: palette.done },
  returned: { icon: <RollbackOutlined />, color: palette.inkSoft },
  failed: { icon: <CloseCircleOutlined />, color: palette.harm },
  cancelled: { icon: <StopOutlined />, color: palette.inkSoft },
};

export function DeliveryStateTag({ state }: { state: DeliveryView['state'] }) {
  const t = useT();
  return <MeaningTag {...looks[state]} label={t(`intake.state.${state}`)} />;
}
