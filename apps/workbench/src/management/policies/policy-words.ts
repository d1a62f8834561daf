import { formatFen, useUiText } from '@sunlit/ui';
import { useT } from '../../messages.ts';
import { useDictionary } from '../households/use-dictionary.ts';

const named = [
  'finding.answer-days',
  'publication.small-cell',
  'line.subsistence-rural-month',
  'line.monitoring-year',
  'programmes.exclusive',
  'fund.clock.pass-on-days',
  'fund.clock.arrival-working-days',
  'fund.clock.idle-days',
  'fund.progress.percent-by-month',
] as const;
type Named = (typeof named)[number];
const isNamed = (code: string): code is Named => (named as readonly string[]).includes(code);

/** What a policy value is called. Values of rules and a region's own keep their code, which is their name. */
export function usePolicyName(): (code: string) => string {
  const t = useT();
  return (code) => (isNamed(code) ? t(`policy.name.${code}`) : code);
}

/** A policy value as a person reads it: money in yuan (lines are kept in fen), programmes by their names. */
export function usePolicyValue(): (code: string, value: unknown) => string {
  const words = useUiText();
  const programmes = useDictionary('programme');
  const programme = (code: unknown) => programmes.find((one) => one.value === code)?.label ?? String(code);
  return (code, value) => {
    if (code.startsWith('line.') && typeof value === 'number') return `${formatFen(value)} ${words('ui.money.yuan')}`;
    if (code === 'programmes.exclusive' && Array.isArray(value))
      return value.map((pair) => (Array.isArray(pair) ? pair.map(programme).join(' + ') : String(pair))).join('；');
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
}
