import { DatePicker } from 'antd';
import dayjs from 'dayjs';

export interface DayInputProps {
  id?: string;
  label?: string;
  /** `YYYY-MM-DD` */
  value?: string;
  onChange?: (day: string | undefined) => void;
  /** Latest day that can be chosen. */
  max?: string;
  allowClear?: boolean;
  prefix?: string;
}

/** A day, always shown as 2026-11-24 whatever the browser's own habits; can be typed. */
export function DayInput({ id, label, value, onChange, max, allowClear = false, prefix }: DayInputProps) {
  return (
    <DatePicker
      id={id}
      aria-label={label}
      placeholder={label}
      format="YYYY-MM-DD"
      allowClear={allowClear}
      prefix={prefix ? <span className="soft">{prefix}</span> : undefined}
      value={value ? dayjs(value) : null}
      maxDate={max ? dayjs(max) : undefined}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  );
}
