import { Tooltip } from 'antd';
import { formatCount, formatFen, shortenNumber } from './formatters.ts';
import { useLocale, useUiText } from './i18n.ts';

/** Money in yuan with two decimals. `short` shows 万/亿 and keeps the exact value on hover and for screen readers. */
export function Amount({ fen, short }: { fen: number | null | undefined; short?: boolean }) {
  const text = useUiText();
  const { locale } = useLocale();
  if (fen === null || fen === undefined) return <span className="soft">—</span>;
  const exact = `${formatFen(fen)} ${text('ui.money.yuan')}`;
  if (!short || Math.abs(fen) < 1_000_000) return <span className="number">{exact}</span>;
  const shown = `${shortenNumber(fen / 100, locale)} ${text('ui.money.yuan')}`;
  return (
    <Tooltip title={exact}>
      <span className="number" tabIndex={0} aria-label={exact}>
        {shown}
      </span>
    </Tooltip>
  );
}

export function Count({ value, short }: { value: number | null | undefined; short?: boolean }) {
  const { locale } = useLocale();
  if (value === null || value === undefined) return <span className="soft">—</span>;
  const exact = formatCount(value);
  if (!short || Math.abs(value) < 100_000) return <span className="number">{exact}</span>;
  return (
    <Tooltip title={exact}>
      <span className="number" tabIndex={0} aria-label={exact}>
        {shortenNumber(value, locale)}
      </span>
    </Tooltip>
  );
}
