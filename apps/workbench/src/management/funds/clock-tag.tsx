import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { IndicatorItem } from '@sunlit/api-spec';
import { MeaningTag, palette } from '@sunlit/ui';
import { useT } from '../../messages.ts';

const colours = {
  none: palette.inkSoft,
  running: palette.inkSoft,
  yellow: palette.amber,
  orange: palette.soon,
  red: palette.harm,
} as const;

export function clockColour(level: IndicatorItem['clock']['level']): string {
  return colours[level];
}

/** How long money has waited, and for what; colour, icon and words together. */
export function ClockTag({ clock }: { clock: IndicatorItem['clock'] }) {
  const t = useT();
  if (clock.waitingFor === 'nothing') return <span className="soft">{t('fund.clock.none')}</span>;
  return (
    <MeaningTag
      icon={clock.level === 'running' ? <ClockCircleOutlined /> : <WarningOutlined />}
      color={clockColour(clock.level)}
      label={t(`fund.clock.${clock.waitingFor}`, { days: clock.days, working: clock.workingDays })}
    />
  );
}
