import {
  AccountBookOutlined,
  AimOutlined,
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  CheckSquareOutlined,
  CloudUploadOutlined,
  ControlOutlined,
  CreditCardOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  EnvironmentOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileSearchOutlined,
  HeartOutlined,
  FormOutlined,
  HomeOutlined,
  InboxOutlined,
  NotificationOutlined,
  ProjectOutlined,
  ReadOutlined,
  SettingOutlined,
  ShopOutlined,
  SolutionOutlined,
  SoundOutlined,
  SwapOutlined,
  UsergroupAddOutlined,
  TeamOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { PermissionCode } from '@sunlit/api-spec';
import type { ComponentType } from 'react';
import type { MessageKey } from '../messages.ts';

interface NavigationItem {
  to: string;
  label: MessageKey;
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  permission?: PermissionCode;
}

/** The three layers as they stand in the side bar; the public layer is its own site. */
export const navigation: readonly { label?: MessageKey; items: readonly NavigationItem[] }[] = [
  { items: [{ to: '/', label: 'nav.home', icon: InboxOutlined }] },
  {
    label: 'nav.supervision',
    items: [
      { to: '/cockpit', label: 'nav.cockpit', icon: DashboardOutlined, permission: 'finding.read' },
      { to: '/findings', label: 'nav.findings', icon: AimOutlined, permission: 'finding.read' },
      { to: '/runs', label: 'nav.runs', icon: SwapOutlined, permission: 'run.read' },
      { to: '/rules', label: 'nav.rules', icon: BookOutlined, permission: 'rule.read' },
      { to: '/funds/clocks', label: 'nav.clocks', icon: FieldTimeOutlined, permission: 'fund.read' },
    ],
  },
  {
    label: 'nav.management',
    items: [
      { to: '/households', label: 'nav.households', icon: HomeOutlined, permission: 'household.read' },
      { to: '/identification', label: 'nav.identification', icon: HeartOutlined, permission: 'identification.read' },
      { to: '/changes', label: 'nav.changes', icon: FormOutlined, permission: 'household.read' },
      { to: '/data-quality', label: 'quality.title', icon: CheckSquareOutlined, permission: 'household.read' },
      { to: '/record-linkage', label: 'linkage.nav', icon: UsergroupAddOutlined, permission: 'household.read' },
      { to: '/funds', label: 'nav.funds', icon: AccountBookOutlined, permission: 'fund.read' },
      { to: '/projects', label: 'nav.projects', icon: ProjectOutlined, permission: 'project.read' },
      { to: '/assets', label: 'nav.assets', icon: BankOutlined, permission: 'project.read' },
      { to: '/contracts', label: 'nav.contracts', icon: FileDoneOutlined, permission: 'project.read' },
      { to: '/vendors', label: 'nav.vendors', icon: ShopOutlined, permission: 'project.read' },
      { to: '/payouts', label: 'nav.payouts', icon: CreditCardOutlined, permission: 'payout.read' },
      { to: '/ledger', label: 'nav.ledger', icon: ReadOutlined, permission: 'fund.read' },
      { to: '/imports', label: 'nav.imports', icon: CloudUploadOutlined, permission: 'household.import' },
      { to: '/datasets', label: 'nav.datasets', icon: DatabaseOutlined, permission: 'dataset.read' },
      { to: '/deliveries', label: 'nav.deliveries', icon: FileSearchOutlined, permission: 'dataset.read' },
      { to: '/corrections', label: 'nav.corrections', icon: ToolOutlined, permission: 'dataset.read' },
      { to: '/regions', label: 'nav.regions', icon: EnvironmentOutlined, permission: 'region.read' },
      { to: '/notices', label: 'nav.notices', icon: NotificationOutlined, permission: 'notice.read' },
      { to: '/voices', label: 'nav.voices', icon: SoundOutlined, permission: 'voice.read' },
      {
        to: '/resident-requests',
        label: 'residentRequest.title',
        icon: SolutionOutlined,
        permission: 'my-file.answer',
      },
    ],
  },
  {
    label: 'nav.system',
    items: [
      { to: '/policies', label: 'policy.title', icon: ControlOutlined, permission: 'policy.read' },
      { to: '/staff', label: 'nav.staff', icon: TeamOutlined, permission: 'staff.read' },
      { to: '/audit', label: 'nav.audit', icon: AuditOutlined, permission: 'audit.read' },
      { to: '/settings', label: 'nav.settings', icon: SettingOutlined },
    ],
  },
];
