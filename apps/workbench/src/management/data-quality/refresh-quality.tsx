import { refreshQuality } from '@sunlit/api-spec';
import { ProblemAlert, useCommand } from '@sunlit/ui';
import { App, Button } from 'antd';
import { useT } from '../../messages.ts';

export function RefreshQuality({ regionCode }: { regionCode: string }) {
  const t = useT();
  const { message } = App.useApp();
  const refresh = useCommand(refreshQuality);
  return (
    <>
      <Button
        loading={refresh.isPending}
        onClick={() =>
          refresh.mutate({ body: { regionCode } }, { onSuccess: () => void message.success(t('quality.refresh.done')) })
        }
      >
        {t('quality.refresh')}
      </Button>
      {refresh.error ? <ProblemAlert problem={refresh.error} /> : null}
    </>
  );
}
