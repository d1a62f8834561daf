import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  FileTextOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { RunView } from '@sunlit/api-spec';
import { MeaningTag, palette } from '@sunlit/ui';
import type { ReactNode } from 'react';
import { useT } from '../../messages.ts';

const looks: Record<RunView['state'], { icon: ReactNode; color: string }> = {
  queued: { icon: <ClockCircleOutlined />, color: palette.ink },
  running: { icon: <SyncOutlined spin />, color: palette.ink },
  draft: { icon: <FileTextOutlined />, color: palette.soon },
  released: { icon: <CheckCircleOutlined />, color: palette.done },
  failed: { icon: <CloseCircleOutlined />, color: palette.harm },
  cancelled: { icon: <StopOutlined />, color: palette.inkSoft },
};

export function RunStateTag({ state }: { state: RunView['state'] }) {
  const t = useT();
  return <MeaningTag {...looks[state]} label={t(`run.state.${state}`)} />;
}
