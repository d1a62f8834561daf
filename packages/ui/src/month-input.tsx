import { DatePicker } from 'antd';
import dayjs from 'dayjs';

/** A month, always shown as 2026-11. */
export function MonthInput({
  id,
  label,
  value,
  onChange,
}: {
  id?: string;
  label?: string;
  value?: string;
  onChange?: (month: string) => void;
}) {
  return (
    <DatePicker
      picker="month"
      id={id}
      aria-label={label}
      placeholder={label}
      format="YYYY-MM"
      allowClear={false}
      value={value ? dayjs(`${value}-01`) : null}
      onChange={(month) => month && onChange?.(month.format('YYYY-MM'))}
    />
  );
}
