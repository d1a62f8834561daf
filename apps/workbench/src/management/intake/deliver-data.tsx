import { CloudUploadOutlined } from '@ant-design/icons';
import { listDatasetKinds, uploadDelivery } from '@sunlit/api-spec';
import { todayLocal, useEndpoint, useLocalised } from '@sunlit/ui';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { UploadDialog } from '../../shell/upload-dialog.tsx';

export function DeliverData() {
  const t = useT();
  const local = useLocalised();
  const navigate = useNavigate();
  const kinds = useEndpoint(listDatasetKinds, {}, { staleTime: 60_000 });
  return (
    <UploadDialog
      endpoint={uploadDelivery}
      label={t('intake.deliver')}
      fileLabel={t('intake.deliver.file')}
      fileHint={t('intake.deliver.hint')}
      submitLabel={t('intake.deliver.submit')}
      asOfLabel={t('intake.deliver.asOf')}
      initialAsOf={todayLocal()}
      icon={<CloudUploadOutlined />}
      kinds={{
        label: t('intake.deliver.kind'),
        options: (kinds.data?.items ?? []).map((kind) => ({
          value: kind.code,
          label: `${local(kind.title)}（${kind.providerName}）`,
        })),
      }}
      onDone={(id) => void navigate(`/deliveries/${id}`)}
    />
  );
}
