import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { RunView } from '@sunlit/api-spec';
import { Count, SeverityTag, TableFrame, formatDay, useLocalised, useMay } from '@sunlit/ui';
import { Checkbox } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';

const icons = {
  waiting: <ClockCircleOutlined aria-hidden />,
  running: <SyncOutlined spin aria-hidden />,
  done: <CheckCircleOutlined aria-hidden />,
  'not-run': <MinusCircleOutlined aria-hidden />,
  failed: <ExclamationCircleOutlined aria-hidden />,
};

export function RunRules({
  run,
  selected,
  onSelect,
}: {
  run: RunView;
  selected: string[];
  onSelect: (codes: string[]) => void;
}) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const releasable =
    run.state === 'draft' && may('run.release')
      ? run.rules.filter((rule) => rule.state === 'done' && !rule.releasedAt)
      : [];
  const all = releasable.map((rule) => rule.code);
  const toggle = (code: string) =>
    onSelect(selected.includes(code) ? selected.filter((one) => one !== code) : [...selected, code]);
  return (
    <TableFrame label={t('run.rules')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">
              {all.length > 0 ? (
                <Checkbox
                  checked={selected.length === all.length}
                  indeterminate={selected.length > 0 && selected.length < all.length}
                  onChange={(event) => onSelect(event.target.checked ? all : [])}
                >
                  {t('rule.col.code')}
                </Checkbox>
              ) : (
                t('rule.col.code')
              )}
            </th>
            <th scope="col">{t('rule.col.title')}</th>
            <th scope="col">{t('rule.col.severity')}</th>
            <th scope="col">{t('run.rule.state')}</th>
            <th scope="col" className="right">
              {t('run.rule.hits')}
            </th>
            <th scope="col" className="right">
              {t('run.rule.new')}
            </th>
            <th scope="col" className="right">
              {t('run.rule.time')}
            </th>
            <th scope="col">{t('run.rule.released')}</th>
          </tr>
        </thead>
        <tbody>
          {run.rules.map((rule) => (
            <tr key={rule.code}>
              <th scope="row">
                {all.includes(rule.code) ? (
                  <Checkbox
                    checked={selected.includes(rule.code)}
                    onChange={() => toggle(rule.code)}
                    aria-label={t('run.select', { code: rule.code })}
                  >
                    {rule.code}
                  </Checkbox>
                ) : (
                  rule.code
                )}
              </th>
              <td>
                <Link to={`/rules/${rule.code}`}>{local(rule.title)}</Link>
              </td>
              <td>
                <SeverityTag severity={rule.severity} />
              </td>
              <td>
                {icons[rule.state]} {t(`run.ruleState.${rule.state}`)}
                {rule.reason ? <div className="soft">{rule.reason}</div> : null}
              </td>
              <td className="right">
                <Count value={rule.hits} />
              </td>
              <td className="right">
                <Count value={rule.newHits} />
              </td>
              <td className="right nowrap">
                {rule.milliseconds === null
                  ? '—'
                  : t('run.rule.seconds', { seconds: (rule.milliseconds / 1000).toFixed(2) })}
              </td>
              <td className="nowrap">{rule.releasedAt ? formatDay(rule.releasedAt) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
