import { Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useUiText } from './i18n.ts';

export interface EmptyStateProps {
  title?: string;
  /** Why it is empty and what to do next. */
  explanation?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, explanation, action }: EmptyStateProps) {
  const text = useUiText();
  return (
    <Flex vertical align="center" gap={8} className="state" role="status">
      <Typography.Text strong>{title ?? text('ui.empty.title')}</Typography.Text>
      {explanation ? <Typography.Text type="secondary">{explanation}</Typography.Text> : null}
      {action}
    </Flex>
  );
}
