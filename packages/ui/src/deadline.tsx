import { ClockCircleOutlined } from '@ant-design/icons';
import { countWeekdays, formatDay, todayLocal } from './formatters.ts';
import { useUiText } from './i18n.ts';
import { palette } from './theme.ts';

/** A date with what it means today: “还剩 2 个工作日”. `workingDaysLeft` from the server knows the public holidays. */
export function Deadline({
  day,
  workingDaysLeft,
  over,
}: {
  day: string | null | undefined;
  workingDaysLeft?: number | null;
  over?: boolean;
}) {
  const text = useUiText();
  if (!day) return <span className="soft">—</span>;
  const shown = formatDay(day);
  if (over) return <span className="number">{shown}</span>;
  const left = workingDaysLeft ?? countWeekdays(todayLocal(), shown);
  const isPast = shown < todayLocal();
  const color = isPast ? palette.harm : left <= 2 ? palette.soon : palette.inkSoft;
  const words = isPast
    ? text('ui.deadline.over', { days: Math.max(1, Math.abs(left)) })
    : left === 0
      ? text('ui.deadline.today')
      : text('ui.deadline.left', { days: left });
  return (
    <span className="number deadline">
      <span>{shown}</span>
      <span style={{ color }}>
        {isPast || left <= 2 ? <ClockCircleOutlined aria-hidden /> : null} {words}
      </span>
    </span>
  );
}
