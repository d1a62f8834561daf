import type { NoticeState } from '@sunlit/api-spec';
import { useT } from '../../messages.ts';
import { ToneTag, type Tone } from '../../shell/tone-tag.tsx';

const colours: Record<NoticeState, Tone> = {
  draft: 'plain',
  published: 'amber',
  ended: 'done',
  withdrawn: 'plain',
  'taken-down': 'harm',
};

export function NoticeStateTag({ state }: { state: NoticeState }) {
  const t = useT();
  return <ToneTag tone={colours[state]}>{t(`notice.state.${state}`)}</ToneTag>;
}
