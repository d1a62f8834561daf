import { useT, type MessageKey } from '../messages.ts';
import { actionsZh } from './action-messages.ts';
import { objectsZh } from './object-messages.ts';

const isKnown = (key: string): key is keyof typeof actionsZh | keyof typeof objectsZh =>
  key in actionsZh || key in objectsZh;

/** The audit trail's actions in words. An action nobody named yet is shown as it is, so that nothing is hidden. */
export function useActionName(): (action: string) => string {
  const t = useT();
  return (action) => {
    const key = `action.${action}`;
    return isKnown(key) ? t(key satisfies MessageKey) : action;
  };
}

export const knownActions: readonly string[] = Object.keys(actionsZh)
  .filter((key) => key.startsWith('action.'))
  .map((key) => key.slice('action.'.length));

export function useObjectName(): (kind: string) => string {
  const t = useT();
  return (kind) => {
    const key = `object.${kind}`;
    return isKnown(key) ? t(key satisfies MessageKey) : kind;
  };
}
