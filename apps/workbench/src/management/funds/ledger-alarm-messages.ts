/** Balances that differ from their postings. */
export const ledgerAlarmZh = {
  'ledger.alarm.back': '首页',
  'ledger.alarm.title': '余额与凭证不符',
  'ledger.alarm.open': '有 {{count}} 个县（区）的余额与凭证对不上，或对上以后还没有说明原因。',
  'ledger.alarm.none': '各县（区）的余额都与凭证一致。',
  'ledger.alarm.empty': '系统每五分钟核对一次，还没有发现过不一致。',
  'ledger.alarm.county': '县（区）',
  'ledger.alarm.differences': '不一致的余额',
  'ledger.alarm.openedAt': '发现时间',
  'ledger.alarm.state': '状态',
  'ledger.alarm.cause': '原因',
  'ledger.alarm.differs': '还不一致',
  'ledger.alarm.gone': '已经一致，待说明原因',
  'ledger.alarm.settled': '已说明（{{by}}）',
  'ledger.alarm.how': '凭证是准的。请查明谁改了余额，再由运维人员重建余额（sunlit verify-ledger --rebuild）。',
  'ledger.alarm.settle': '说明原因',
};

export const ledgerAlarmEn: Record<keyof typeof ledgerAlarmZh, string> = {
  'ledger.alarm.back': 'Home',
  'ledger.alarm.title': 'Balances that differ from postings',
  'ledger.alarm.open':
    'Counties whose balances differ from their postings, or where nobody has said why they did: {{count}}.',
  'ledger.alarm.none': 'The balances of every county agree with their postings.',
  'ledger.alarm.empty': 'They are compared every five minutes; no difference was ever found.',
  'ledger.alarm.county': 'County',
  'ledger.alarm.differences': 'Balances that differ',
  'ledger.alarm.openedAt': 'Found',
  'ledger.alarm.state': 'State',
  'ledger.alarm.cause': 'Cause',
  'ledger.alarm.differs': 'Still differs',
  'ledger.alarm.gone': 'Agrees again; the cause is to be given',
  'ledger.alarm.settled': 'Explained ({{by}})',
  'ledger.alarm.how':
    'The postings are right. Find out who changed the balances, then operations rebuild them (sunlit verify-ledger --rebuild).',
  'ledger.alarm.settle': 'Give the cause',
};
