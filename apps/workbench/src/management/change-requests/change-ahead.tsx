import { previewChange, type RegistryChange } from '@sunlit/api-spec';
import { useApi, useLocalised, type CallResult } from '@sunlit/ui';
import { Alert, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import type { ProposalValues } from './propose-form.tsx';

type Ahead = CallResult<typeof previewChange>;

const typingPauseMilliseconds = 600;

/** Inside a form of a change: who will decide, what would not add up, and which open request it meets. It stops nobody. */
export function ChangeAhead({
  householdId,
  toChange,
}: {
  householdId: string;
  toChange: (fields: Record<string, unknown>) => RegistryChange;
}) {
  const t = useT();
  const api = useApi();
  const local = useLocalised();
  const form = Form.useFormInstance<ProposalValues>();
  const effectiveOn = Form.useWatch('effectiveOn', form);
  const change = Form.useWatch('change', form);
  const asked = effectiveOn && change ? JSON.stringify({ effectiveOn, change }) : undefined;
  const [ahead, setAhead] = useState<Ahead>();
  useEffect(() => {
    if (!asked) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      const values = JSON.parse(asked) as Required<Pick<ProposalValues, 'effectiveOn' | 'change'>>;
      api
        .call(previewChange, {
          body: { householdId, effectiveOn: values.effectiveOn, change: toChange(values.change) },
        })
        .then(
          (answer) => current && setAhead(answer),
          // Half a form has nothing to be looked ahead to; sending it says what is missing.
          () => current && setAhead(undefined),
        );
    }, typingPauseMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, asked, householdId, toChange]);
  if (!ahead) return null;
  const comma = t('policy.list.comma');
  const { twoSteps, verifiers, approvers } = ahead.deciders;
  return (
    <>
      {ahead.hints.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('change.hints')}
          description={
            <ul>
              {ahead.hints.map((hint) => (
                <li key={hint.code}>{local(hint.title)}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      {ahead.conflicts.map((conflict) => (
        <p key={conflict.requestId}>
          {t(`change.conflict.${conflict.rule}`, { by: conflict.proposedBy })}{' '}
          <Link to={`/changes/${conflict.requestId}`}>{conflict.kind.label}</Link>
        </p>
      ))}
      {ahead.conflicts.some(({ effect }) => effect === 'warn') ? (
        <Form.Item
          name="despiteConflict"
          label={t('change.despite')}
          rules={[{ required: true, message: t('change.despite') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      ) : null}
      <p className="soft">
        {twoSteps
          ? t('change.deciders.two', {
              verifiers: verifiers.map(local).join(comma),
              approvers: approvers.map(local).join(comma),
            })
          : t('change.deciders.one', { approvers: approvers.map(local).join(comma) })}
      </p>
    </>
  );
}
