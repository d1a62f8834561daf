import { CheckCircleOutlined, ClockCircleOutlined, StopOutlined, WarningOutlined } from '@ant-design/icons';
import type { ChangeItem } from '@sunlit/api-spec';
import { MeaningTag, palette } from '@sunlit/ui';
import type { ReactNode } from 'react';

const looks: Record<ChangeItem['state']['code'], { icon: ReactNode; color: string }> = {
  proposed: { icon: <ClockCircleOutlined />, color: palette.soon },
  verified: { icon: <ClockCircleOutlined />, color: palette.soon },
  conflict: { icon: <WarningOutlined />, color: palette.harm },
  applied: { icon: <CheckCircleOutlined />, color: palette.done },
  rejected: { icon: <StopOutlined />, color: palette.inkSoft },
  withdrawn: { icon: <StopOutlined />, color: palette.inkSoft },
};

export function ChangeStateTag({ state }: { state: ChangeItem['state'] }) {
  return <MeaningTag {...looks[state.code]} label={state.label} />;
}
