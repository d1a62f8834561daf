import { exportProjects, getProjectCatalogue, listProjects, type ProjectItem } from '@sunlit/api-spec';
import { Amount, ListPage, RegionName, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { LinkButton } from '../funds/link-button.tsx';

export function ProjectListPage() {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const { regionCode } = useRegion();
  const catalogue = useEndpoint(getProjectCatalogue, {}, { staleTime: Infinity }).data;
  const options = (entries: { code: string; title: { zh: string; en: string } }[] | undefined) =>
    (entries ?? []).map((one) => ({ value: one.code, label: local(one.title) }));
  return (
    <ListPage<typeof listProjects, ProjectItem>
      name="projects"
      title={t('project.list.title')}
      answer={t('project.list.answer')}
      endpoint={listProjects}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/projects/${item.id}`}
      empty={{ explanation: t('project.list.empty') }}
      action={may('project.declare') ? <LinkButton to="/projects/new">{t('project.new')}</LinkButton> : null}
      sorts={[
        { value: '-created', label: t('project.sort.created') },
        { value: 'finish', label: t('project.sort.finish') },
      ]}
      tools={({ sort: _, ...query }) => (
        <PurposeExport endpoint={exportProjects} query={query} fileName="projects.csv" />
      )}
      filters={[
        { key: 'search', label: t('project.filter.search'), kind: 'search' },
        { key: 'regionCode', label: t('project.col.region'), kind: 'region' },
        {
          key: 'categoryCode',
          label: t('project.col.category'),
          kind: 'select',
          options: options(catalogue?.categories),
        },
        { key: 'state', label: t('project.col.state'), kind: 'select', options: options(catalogue?.states) },
        {
          key: 'late',
          label: t('project.col.late'),
          kind: 'select',
          options: [{ value: 'true', label: t('project.filter.late') }],
        },
      ]}
      columns={[
        {
          key: 'title',
          title: t('project.col.title'),
          primary: true,
          render: (item) => <Link to={`/projects/${item.id}`}>{item.title}</Link>,
        },
        {
          key: 'number',
          title: t('project.col.number'),
          render: (item) => <span className="nowrap">{item.number}</span>,
        },
        { key: 'region', title: t('project.col.region'), render: (item) => <RegionName region={item.region} /> },
        { key: 'category', title: t('project.col.category'), render: (item) => local(item.category.title) },
        {
          key: 'state',
          title: t('project.col.state'),
          render: (item) => (
            <>
              <Tag>{local(item.state.title)}</Tag>
              {item.late ? <Tag color="red">{t('project.late')}</Tag> : null}
            </>
          ),
        },
        {
          key: 'progress',
          title: t('project.col.progress'),
          render: (item) => (
            <span className="number nowrap">
              {item.physicalPercent} % / {item.paidPercent} %
            </span>
          ),
        },
        {
          key: 'budget',
          title: t('project.col.budget'),
          align: 'right',
          render: (item) => <Amount fen={item.budgetFen} />,
        },
        {
          key: 'contract',
          title: t('project.col.contract'),
          align: 'right',
          render: (item) => <Amount fen={item.contractFen} />,
        },
        { key: 'paid', title: t('project.col.paid'), align: 'right', render: (item) => <Amount fen={item.paidFen} /> },
        {
          key: 'finishBy',
          title: t('project.col.finishBy'),
          render: (item) => <span className="number nowrap">{item.finishBy}</span>,
        },
        { key: 'year', title: t('project.col.year'), hidden: true, render: (item) => item.fiscalYear },
      ]}
    />
  );
}
