const words: Record<string, { zh: string; en: string }> = {
  'household.view': { zh: '查看了您家的档案', en: 'read your household’s file' },
  'household.lookup': { zh: '按查找条件查到了您家', en: 'found your household in a search' },
  'person.unmask': { zh: '查看了完整号码', en: 'saw a whole number' },
  'finding.view': { zh: '查看了与您家有关的核查事项', en: 'read a matter that concerns your household' },
  'household.check': { zh: '拿部门数据与您家的情况作了比对', en: 'compared your household with departments’ data' },
  'identification.view': { zh: '查看了您家的识别帮扶办理情况', en: 'read how your household’s case stands' },
  'payout.notice': { zh: '打开了缓发告知书', en: 'opened the notice of a held payment' },
  'payout.view-household': { zh: '查看了发给您家的补贴', en: 'read what was paid to your household' },
  'change.view': { zh: '查看了您家的变更申请', en: 'read a request to change your record' },
  'my-file.print': { zh: '在窗口为您家打印了档案', en: 'printed your file at the counter' },
};

/** What somebody did who looked, in words for whom it concerns. */
export function lookupWords(action: string): { zh: string; en: string } {
  return words[action] ?? { zh: '查看了您家的信息', en: 'looked at your household’s data' };
}
