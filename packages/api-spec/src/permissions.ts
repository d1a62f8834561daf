/**
 * Every action a role can be granted. A permission is always held within a scope (region subtree, department,
 * assignment or own); the database enforces the region again by row-level security.
 */
export const permissions = {
  'region.read': { zh: '查看区划', en: 'See divisions' },
  'region.manage': { zh: '维护区划与村情', en: 'Maintain divisions and village profiles' },
  'staff.read': { zh: '查看工作人员', en: 'See staff' },
  'staff.manage': { zh: '管理账号与角色', en: 'Manage accounts and roles' },
  'household.read': { zh: '查看户和人', en: 'See households and persons' },
  'household.change': { zh: '变更户和人', en: 'Change households and persons' },
  'household.import': { zh: '导入户和人', en: 'Import households' },
  'household.export': { zh: '导出户和人', en: 'Export households' },
  'person.unmask': { zh: '查看完整个人信息', en: 'Unmask personal data' },
  'authorisation.record': { zh: '登记本人授权', en: 'Record authorisations' },
  'dataset.read': { zh: '查看数据种类与供数情况', en: 'See dataset kinds and deliveries' },
  'dataset.deliver': { zh: '报送数据', en: 'Deliver data' },
  'dataset.decide': { zh: '处置暂存的供数', en: 'Decide held deliveries' },
  'rule.read': { zh: '查看规则', en: 'See rules' },
  'run.read': { zh: '查看比对', en: 'See cross-checks' },
  'run.start': { zh: '发起比对', en: 'Start a cross-check' },
  'run.release': { zh: '发布比对结果', en: 'Release results' },
  'subject.check': { zh: '核对一户', en: 'Check one household' },
  'finding.read': { zh: '查看疑点', en: 'See findings' },
  'finding.read-officials': { zh: '查看涉公职人员疑点', en: 'See findings about officials' },
  'finding.assign': { zh: '派单', en: 'Assign findings' },
  'finding.verify': { zh: '核实疑点', en: 'Verify findings' },
  'finding.decide': { zh: '决定疑点', en: 'Decide findings' },
  'finding.export': { zh: '导出疑点', en: 'Export findings' },
  'voice.record': { zh: '登记群众诉求', en: 'Record what a resident says' },
  'voice.read': { zh: '查看群众诉求', en: 'See what residents said' },
  'fund.read': { zh: '查看资金', en: 'See funds' },
  'fund.allocate': { zh: '登记来源、分配、收回和结转资金', en: 'Record, allocate, recall and carry forward funds' },
  'fund.receive': { zh: '确认资金到账', en: 'Confirm that funds arrived' },
  'fund.plan': { zh: '安排资金用途', en: 'Plan the use of funds' },
  'fund.pay': { zh: '支付资金', en: 'Pay funds' },
  'fund.reverse': { zh: '冲销凭证', en: 'Reverse postings' },
  'audit.read': { zh: '查看审计记录', en: 'Read the audit log' },
  'job.read': { zh: '查看后台任务', en: 'See background work' },
  'policy.read': { zh: '查看政策参数', en: 'See policy values' },
  'policy.propose': { zh: '提出政策参数', en: 'Propose policy values' },
  'policy.approve': { zh: '审定政策参数', en: 'Approve policy values' },
  'security.manage': { zh: '管理安全策略', en: 'Manage security policy' },
} as const;

export type PermissionCode = keyof typeof permissions;

export const permissionCodes = Object.keys(permissions) as PermissionCode[];
