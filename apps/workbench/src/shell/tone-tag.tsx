import { palette } from '@sunlit/ui';
import { Tag } from 'antd';
import type { ReactNode } from 'react';

export type Tone = 'done' | 'soon' | 'harm' | 'amber' | 'plain';

/** A word whose colour carries meaning and can be read: the library's own tints are too pale. */
export function ToneTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  if (tone === 'plain') return <Tag>{children}</Tag>;
  const color = palette[tone];
  return (
    <Tag style={{ color, borderColor: color, background: palette.sheet, whiteSpace: 'normal', maxWidth: '100%' }}>
      {children}
    </Tag>
  );
}
