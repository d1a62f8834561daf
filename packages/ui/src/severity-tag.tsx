import { ExclamationCircleOutlined, GiftOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useUiText } from './i18n.ts';
import type { UiMessageKey } from './locales/zh-cn.ts';
import { palette } from './theme.ts';

export type Severity = 'red' | 'orange' | 'yellow' | 'blue' | 'grey';

const looks: Record<Severity, { icon: ReactNode; color: string; word: UiMessageKey }> = {
  red: { icon: <ExclamationCircleOutlined />, color: palette.harm, word: 'ui.severity.red' },
  orange: { icon: <WarningOutlined />, color: palette.soon, word: 'ui.severity.orange' },
  yellow: { icon: <InfoCircleOutlined />, color: palette.amber, word: 'ui.severity.yellow' },
  blue: { icon: <GiftOutlined />, color: palette.owed, word: 'ui.severity.blue' },
  grey: { icon: <InfoCircleOutlined />, color: palette.inkSoft, word: 'ui.severity.grey' },
};

/** Icon, word and colour together: never colour alone. */
export function SeverityTag({ severity, label }: { severity: Severity; label?: string }) {
  const text = useUiText();
  const look = looks[severity];
  return <MeaningTag icon={look.icon} color={look.color} label={label ?? text(look.word)} />;
}

export function MeaningTag({ icon, color, label }: { icon?: ReactNode; color: string; label: string }) {
  return (
    <Tag icon={icon} style={{ color, borderColor: color, background: '#fff', whiteSpace: 'normal', maxWidth: '100%' }}>
      {label}
    </Tag>
  );
}
