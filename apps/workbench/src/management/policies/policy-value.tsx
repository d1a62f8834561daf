import type { PolicyKindItem } from '@sunlit/api-spec';
import { useT } from '../../messages.ts';
import { usePolicyParts } from './policy-words.ts';

export function PolicyValue({ kind, value }: { kind: PolicyKindItem | undefined; value: unknown }) {
  const parts = usePolicyParts()(kind, value);
  if (parts.length === 1 && parts[0]?.label === null) return <span className="number">{parts[0].text}</span>;
  return (
    <ul className="plain-list">
      {parts.map((part) => (
        <li key={part.label}>
          {part.label}　<strong className="number">{part.text}</strong>
        </li>
      ))}
    </ul>
  );
}

/** What would change, old beside new; what stays is left out. */
export function PolicyChange({
  kind,
  before,
  after,
}: {
  kind: PolicyKindItem | undefined;
  before: unknown;
  after: unknown;
}) {
  const t = useT();
  const partsOf = usePolicyParts();
  const old = before === undefined ? [] : partsOf(kind, before);
  const changed = partsOf(kind, after)
    .map((part) => ({ ...part, was: old.find((one) => one.label === part.label)?.text ?? t('policy.before.none') }))
    .filter((part) => part.was !== part.text);
  if (changed.length === 0) return <span>{t('policy.change.none')}</span>;
  return (
    <ul className="plain-list">
      {changed.map((part) => (
        <li key={part.label ?? ''}>
          {part.label ? <>{part.label}　</> : null}
          <span className="number soft">{part.was}</span> → <strong className="number">{part.text}</strong>
        </li>
      ))}
    </ul>
  );
}
