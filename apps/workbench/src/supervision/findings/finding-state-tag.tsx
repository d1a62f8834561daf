import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  FileDoneOutlined,
  SearchOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { FindingItem } from '@sunlit/api-spec';
import { MeaningTag, palette } from '@sunlit/ui';
import type { ReactNode } from 'react';
import { useT } from '../../messages.ts';

const looks: Record<FindingItem['state'], { icon: ReactNode; color: string }> = {
  signal: { icon: <ClockCircleOutlined />, color: palette.soon },
  assigned: { icon: <UserOutlined />, color: palette.ink },
  verifying: { icon: <SearchOutlined />, color: palette.ink },
  'awaiting-answer': { icon: <TeamOutlined />, color: palette.ink },
  decided: { icon: <FileDoneOutlined />, color: palette.done },
  'followed-up': { icon: <FileDoneOutlined />, color: palette.done },
  closed: { icon: <CheckCircleOutlined />, color: palette.done },
};

export function FindingStateTag({ state, outcome }: Pick<FindingItem, 'state' | 'outcome'>) {
  const t = useT();
  const words = outcome
    ? `${t(`finding.state.${state}`)} · ${t(`finding.outcome.${outcome}`)}`
    : t(`finding.state.${state}`);
  return <MeaningTag {...looks[state]} label={words} />;
}

export const isFinished = (state: FindingItem['state']) =>
  state === 'closed' || state === 'followed-up' || state === 'decided';
