import { cancelTask, listTasks, type TaskView } from '@sunlit/api-spec';
import { SyncOutlined } from '@ant-design/icons';
import { Badge, Button, Popover, Progress } from 'antd';
import { Link } from 'react-router';
import { useCommand, useEndpoint } from './api-context.tsx';
import { useUiText } from './i18n.ts';
import type { UiMessageKey } from './locales/zh-cn.ts';

const isOpen = (task: TaskView) => task.state === 'queued' || task.state === 'running';

/** Slow work never blocks a page: it runs here, with its progress, and can be stopped. */
export function TaskTray() {
  const text = useUiText();
  const tasks = useEndpoint(listTasks, {}, { refetchInterval: 4000 });
  const items = tasks.data?.items ?? [];
  const running = items.filter(isOpen).length;
  const content = (
    <div style={{ width: 320, maxWidth: '80vw', maxHeight: 420, overflow: 'auto' }}>
      {items.length === 0 ? (
        <p className="soft">{text('ui.tasks.none')}</p>
      ) : (
        items.slice(0, 12).map((task) => <TaskLine key={task.id} task={task} />)
      )}
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={text('ui.tasks')} content={content}>
      <Badge count={running} size="small">
        <Button type="text" icon={<SyncOutlined spin={running > 0} />} aria-label={`${text('ui.tasks')} ${running}`} />
      </Badge>
    </Popover>
  );
}

/** One piece of work with its progress; also used on the page that started it. */
export function TaskLine({ task }: { task: TaskView }) {
  const text = useUiText();
  const cancel = useCommand(cancelTask);
  // The server names a task by a catalogue key.
  const title = text(task.title as UiMessageKey);
  return (
    <div className="task-line">
      <div className="task-head">
        {task.link ? <Link to={task.link.replace(/^\/workbench/, '')}>{title}</Link> : <span>{title}</span>}
        <span className="soft">{text(`ui.tasks.${task.state}`)}</span>
      </div>
      {isOpen(task) ? (
        <div className="task-head">
          <Progress percent={Math.round((task.progress ?? 0) * 100)} size="small" status="active" aria-label={title} />
          {task.cancellable ? (
            <Button
              size="small"
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ params: { id: task.id }, body: {} })}
            >
              {text('ui.tasks.cancel')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {task.message ? <p className="soft">{task.message}</p> : null}
    </div>
  );
}
