import { ExperimentOutlined } from '@ant-design/icons';
import { useT } from '../messages.ts';

export function Wordmark() {
  const t = useT();
  return (
    <span className="wordmark">
      <img src="/workbench/sun.svg" alt="" width="28" height="28" />
      {t('app.name')}
    </span>
  );
}

export function DemoBanner() {
  const t = useT();
  return (
    <div className="demo-banner" role="note">
      <ExperimentOutlined aria-hidden /> {t('app.demo')}
    </div>
  );
}
