import type { PolicyField, PolicyKindItem } from '@sunlit/api-spec';
import { formatFen, useLocalised, useUiText } from '@sunlit/ui';
import { useT } from '../../messages.ts';

/** One value as a person reads it: money in yuan (kept in fen), numbers with their unit, codes by their names. */
function useFieldValue(): (field: PolicyField, value: unknown) => string {
  const t = useT();
  const words = useUiText();
  const local = useLocalised();
  return (field, value) => {
    const nameOf = (code: unknown) => {
      const choice = field.choices.find((one) => one.code === code);
      return choice ? local(choice.label) : String(code);
    };
    if (value === undefined || value === null) return '—';
    switch (field.unit) {
      case 'fen':
        return `${formatFen(value as number)} ${words('ui.money.yuan')}`;
      case 'thousandths':
        return t('policy.unit.thousandths', { value: String((value as number) / 1000) });
      case 'flag':
        return words(value === true ? 'ui.yes' : 'ui.no');
      case 'codes':
        return String(value).split(',').map(nameOf).join(t('policy.list.comma'));
      case 'text':
        return String(value);
      case 'choice':
        return nameOf(value);
      case 'pairs':
        return Array.isArray(value)
          ? value
              .map((pair) => (Array.isArray(pair) ? pair.map(nameOf).join(' + ') : String(pair)))
              .join(t('policy.list.semicolon'))
          : String(value);
      default:
        return t(`policy.unit.${field.unit}`, { value: String(value) });
    }
  };
}

/** The parts of a value, each with its label and its words; a single value has one part without a label. */
export function usePolicyParts(): (
  kind: PolicyKindItem | undefined,
  value: unknown,
) => { label: string | null; text: string }[] {
  const local = useLocalised();
  const show = useFieldValue();
  return (kind, value) => {
    if (!kind) return [{ label: null, text: JSON.stringify(value) }];
    return kind.fields.flatMap((field): { label: string | null; text: string }[] => {
      if (field.name === null) return [{ label: null, text: show(field, value) }];
      const part = (value as Record<string, unknown> | null)?.[field.name];
      return part === undefined ? [] : [{ label: local(field.label), text: show(field, part) }];
    });
  };
}
