import { getTask } from '@sunlit/api-spec';
import { TaskLine, useEndpoint } from '@sunlit/ui';

/** The progress of one piece of work, on the page that started it. */
export function TaskOf({ taskId }: { taskId: string }) {
  const task = useEndpoint(getTask, { params: { id: taskId } }, { refetchInterval: 1000 });
  return <section className="block">{task.data ? <TaskLine task={task.data} /> : null}</section>;
}
