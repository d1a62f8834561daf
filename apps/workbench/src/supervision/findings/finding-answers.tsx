import type { FindingView } from '@sunlit/api-spec';
import { formatMoment } from '@sunlit/ui';
import { useT } from '../../messages.ts';

const channels = ['in-person', 'phone', 'paper', 'online'] as const;
type Channel = (typeof channels)[number];
const isChannel = (value: string): value is Channel => (channels as readonly string[]).includes(value);

export function FindingAnswers({ finding }: { finding: FindingView }) {
  const t = useT();
  if (finding.answers.length === 0) return <p className="soft">{t('finding.answers.none')}</p>;
  return (
    <ol className="history">
      {finding.answers.map((answer, index) => (
        <li key={index}>
          <p className="soft">
            {formatMoment(answer.at)} ·{' '}
            {isChannel(answer.channel) ? t(`finding.channel.${answer.channel}`) : answer.channel} · {answer.recordedBy}
          </p>
          <p style={{ whiteSpace: 'pre-wrap' }}>{answer.text}</p>
        </li>
      ))}
    </ol>
  );
}
