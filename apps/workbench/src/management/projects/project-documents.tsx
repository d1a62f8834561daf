import {
  addProjectDocument,
  downloadProjectDocument,
  getProjectCatalogue,
  releaseProjectPhoto,
} from '@sunlit/api-spec';
import {
  ProblemAlert,
  Section,
  formatDay,
  formatFileSize,
  useApi,
  useCommand,
  useEndpoint,
  useLocalised,
  useMay,
} from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Select, Space, Tag, Upload } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { PlainTable } from './plain-table.tsx';
import type { Project } from './project-page.tsx';

/** Papers and pictures with the check sum of what was handed in. */
export function ProjectDocuments({ project }: { project: Project }) {
  const t = useT();
  const local = useLocalised();
  const api = useApi();
  const may = useMay();
  const isOpen = !['settled', 'cancelled', 'rejected'].includes(project.state.code);
  return (
    <Section
      title={t('project.section.documents')}
      extra={isOpen && (may('project.declare') || may('project.run')) ? <AddDocument project={project} /> : null}
    >
      <PlainTable
        label={t('project.section.documents')}
        rows={project.documents}
        empty={t('project.documents.none')}
        rowKey={(row) => row.id}
        columns={[
          { title: t('project.document.kind'), render: (row) => local(row.kind.title) },
          {
            title: t('project.document.file'),
            render: (row) => (
              <Button
                type="link"
                onClick={() =>
                  void api.download(
                    downloadProjectDocument,
                    { params: { id: project.id, attachmentId: row.id } },
                    row.fileName,
                  )
                }
              >
                {row.fileName} ({formatFileSize(row.sizeBytes)})
              </Button>
            ),
          },
          {
            title: t('project.document.hash'),
            render: (row) => <code title={row.sha256}>{row.sha256.slice(0, 12)}…</code>,
          },
          { title: t('project.document.by'), render: (row) => `${row.addedBy} ${formatDay(row.addedAt)}` },
          {
            title: t('project.document.public'),
            render: (row) => (
              <Space wrap>
                <Tag>{t(`project.document.${row.publicState}`)}</Tag>
                {row.kind.code === 'photo' && may('project.approve') ? (
                  <ReleasePhoto project={project} photo={row} />
                ) : null}
              </Space>
            ),
          },
        ]}
      />
    </Section>
  );
}

function AddDocument({ project }: { project: Project }) {
  const t = useT();
  const local = useLocalised();
  const api = useApi();
  const queries = useQueryClient();
  const kinds = useEndpoint(getProjectCatalogue, {}, { staleTime: Infinity }).data?.documentKinds ?? [];
  const [kind, setKind] = useState('photo');
  const add = useMutation({
    mutationFn: (file: File) => api.upload(addProjectDocument, { params: { id: project.id }, file, fields: { kind } }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <Space wrap>
      {add.error ? <ProblemAlert problem={add.error} /> : null}
      <Select
        aria-label={t('project.document.kind')}
        value={kind}
        onChange={setKind}
        style={{ minWidth: 140 }}
        options={kinds.map((one) => ({ value: one.code, label: local(one.title) }))}
      />
      <Upload
        showUploadList={false}
        beforeUpload={(file) => {
          add.mutate(file);
          return false;
        }}
      >
        <Button loading={add.isPending}>{t('project.do.document')}</Button>
      </Upload>
    </Space>
  );
}

function ReleasePhoto({ project, photo }: { project: Project; photo: Project['documents'][number] }) {
  const t = useT();
  const release = useCommand(releaseProjectPhoto);
  const isPublic = photo.publicState === 'approved';
  const consents = project.documents
    .filter(({ kind }) => kind.code === 'portrait-consent')
    .map((one) => ({ value: one.id, label: one.fileName }));
  return (
    <CommandDialog<{ caption: string; noFaces?: boolean; consentId?: string }>
      label={t(isPublic ? 'project.do.withdraw' : 'project.do.release')}
      size="small"
      danger={isPublic}
      initialValues={{ caption: photo.caption ?? '' }}
      pending={release.isPending}
      problem={release.error}
      onSubmit={({ caption, noFaces, consentId }) =>
        release.mutateAsync({
          params: { id: project.id, attachmentId: photo.id },
          body: { release: !isPublic, caption, noFaces: noFaces ?? false, ...(consentId ? { consentId } : {}) },
        })
      }
    >
      <Form.Item name="caption" label={t('project.form.caption')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={120} />
      </Form.Item>
      {isPublic ? null : (
        <Form.Item name="noFaces" valuePropName="checked">
          <Checkbox>{t('project.form.noFaces')}</Checkbox>
        </Form.Item>
      )}
      {isPublic ? null : (
        <Form.Item noStyle shouldUpdate>
          {({ getFieldValue }) =>
            getFieldValue('noFaces') ? null : (
              <Form.Item name="consentId" label={t('project.form.consent')} extra={t('project.form.consent.hint')}>
                <Select allowClear options={consents} />
              </Form.Item>
            )
          }
        </Form.Item>
      )}
    </CommandDialog>
  );
}
