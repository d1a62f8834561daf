import { deleteSavedView, listSavedViews, saveView } from '@sunlit/api-spec';
import { DeleteOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Divider, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { useCommand, useEndpoint } from './api-context.tsx';
import { useUiText } from './i18n.ts';

/** A person's own named filters for one list. */
export function SavedViews({ list, query, onOpen }: { list: string; query: string; onOpen: (query: string) => void }) {
  const text = useUiText();
  const [name, setName] = useState('');
  const views = useEndpoint(listSavedViews, { query: { list } }, { staleTime: 60_000 });
  const save = useCommand(saveView);
  const remove = useCommand(deleteSavedView);
  const items = views.data?.items ?? [];

  const content = (
    <div style={{ width: 260 }}>
      {items.length === 0 ? <p className="soft">{text('ui.views.none')}</p> : null}
      {items.map((view) => (
        <Space key={view.id} style={{ display: 'flex', justifyContent: 'space-between' }}>
          <Button type="link" onClick={() => onOpen(view.query)}>
            {view.name}
          </Button>
          <Button
            type="text"
            aria-label={`${text('ui.views.delete')} ${view.name}`}
            icon={<DeleteOutlined />}
            onClick={() => remove.mutate({ params: { id: view.id } })}
          />
        </Space>
      ))}
      <Divider style={{ margin: '8px 0' }} />
      <Space.Compact block>
        <Input
          aria-label={text('ui.views.name')}
          placeholder={text('ui.views.name')}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          disabled={!name.trim() || !query}
          loading={save.isPending}
          onClick={() => save.mutate({ body: { list, name: name.trim(), query } }, { onSuccess: () => setName('') })}
        >
          {text('ui.save')}
        </Button>
      </Space.Compact>
    </div>
  );

  return (
    <Popover trigger="click" placement="bottomRight" title={text('ui.views')} content={content}>
      <Button icon={<StarOutlined />}>{text('ui.views')}</Button>
    </Popover>
  );
}
