import { checkExcuse, type FindingView } from '@sunlit/api-spec';
import { ProblemAlert, useCommand, useLocalised } from '@sunlit/ui';
import { Radio } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

const answers = ['no', 'applies', 'does-not-apply'] as const;
type Answer = (typeof answers)[number];

/** Known good reasons, to be checked one by one before anybody is suspected of anything. */
export function FindingExcuses({ finding }: { finding: FindingView }) {
  const t = useT();
  const local = useLocalised();
  const check = useCommand(checkExcuse);
  // What was chosen shows at once and stays until the saved finding says the same; a refusal takes it back.
  const [chosen, setChosen] = useState<Record<string, Answer>>({});
  const editable =
    finding.actions.some((action) => action !== 'assign' && action !== 'attach') && finding.decision === null;
  if (finding.excuses.length === 0) return <p className="soft">{t('finding.excuses.none')}</p>;
  return (
    <>
      {check.error ? <ProblemAlert problem={check.error} /> : null}
      <ul className="excuses">
        {finding.excuses.map((excuse) => (
          <li key={excuse.code}>
            <div id={`excuse-${excuse.code}`}>{local(excuse.text)}</div>
            {editable ? (
              <Radio.Group
                aria-labelledby={`excuse-${excuse.code}`}
                size="small"
                value={chosen[excuse.code] ?? excuse.checked}
                disabled={check.isPending}
                options={answers.map((value) => ({ value, label: t(`finding.excuse.${value}`) }))}
                onChange={(event) => {
                  const checked = event.target.value as Answer;
                  setChosen((before) => ({ ...before, [excuse.code]: checked }));
                  check.mutate(
                    { params: { id: finding.id, excuse: excuse.code }, body: { checked } },
                    { onError: () => setChosen(({ [excuse.code]: _refused, ...before }) => before) },
                  );
                }}
              />
            ) : (
              <span className="soft">{t(`finding.excuse.${excuse.checked}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
