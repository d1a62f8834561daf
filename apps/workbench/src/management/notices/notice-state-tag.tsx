import type { NoticeState } from '@sunlit/api-spec';
import { Tag } from 'antd';
import { useT } from '../../messages.ts';

const colours: Record<NoticeState, string | undefined> = {
  draft: undefined,
  published: 'gold',
  ended: 'green',
  withdrawn: undefined,
  'taken-down': 'red',
};

export function NoticeStateTag({ state }: { state: NoticeState }) {
  const t = useT();
  return <Tag color={colours[state]}>{t(`notice.state.${state}`)}</Tag>;
}
