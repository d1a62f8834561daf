import { checkHousehold } from '@sunlit/api-spec';
import { CommandForm, SeverityTag, useCommand, useLocalised } from '@sunlit/ui';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

/** Answers for one household at once, for entry and enrolment; opens no finding. */
export function CheckHousehold({ householdId }: { householdId: string }) {
  const t = useT();
  const local = useLocalised();
  const [open, setOpen] = useState(false);
  const check = useCommand(checkHousehold);
  const result = check.data;
  const seconds = ((result?.milliseconds ?? 0) / 1000).toFixed(1);
  const close = () => {
    setOpen(false);
    check.reset();
  };
  return (
    <>
      <Button className="noprint" onClick={() => setOpen(true)}>
        {t('household.check')}
      </Button>
      <Modal open={open} title={t('household.check.title')} footer={null} onCancel={close} destroyOnHidden>
        <p>{t('household.check.hint')}</p>
        {result ? (
          <div role="status">
            <p>
              {result.hits.length === 0
                ? t('household.check.none', { seconds })
                : t('household.check.hits', { count: result.hits.length, seconds })}
            </p>
            <ul>
              {result.hits.map((hit) => (
                <li key={hit.rule}>
                  <SeverityTag severity={hit.severity} /> {hit.rule} {local(hit.headline)}
                </li>
              ))}
              {result.notRun.map((rule) => (
                <li key={rule.rule} className="soft">
                  {t('household.check.notRun', { rule: rule.rule, reason: rule.reason })}
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <CommandForm<{ purpose: string }>
            submitLabel={t('household.check')}
            submitting={check.isPending}
            problem={check.error}
            onCancel={close}
            onSubmit={(body) => check.mutateAsync({ params: { id: householdId }, body })}
          >
            <Form.Item name="purpose" label={t('household.check.purpose')} rules={[{ required: true, min: 2 }]}>
              <Input maxLength={200} />
            </Form.Item>
          </CommandForm>
        )}
      </Modal>
    </>
  );
}
