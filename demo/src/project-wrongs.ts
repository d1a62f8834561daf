/** What is wrong with a county's projects, one after another; '' is in order. */
export const projectWrongs = [
  '',
  'F22',
  'R003',
  'R018',
  '',
  'R030',
  'R035',
  '',
  'R036',
  'F16',
  '',
  'R069',
  'F10',
  '',
  'P05',
  'P06',
  '',
  'P08',
  'F14',
  'R031',
  '',
  'R060',
  'R024',
  'R058',
  'F17',
  'price-near',
  'measured-less',
] as const;
/** Looks like a rule's hit and is none: named by the rule it resembles. */
export const nearlyWrong: Readonly<Record<string, string>> = { 'price-near': 'F17' };
/** Planted wrongs of the same rule under another name. */
export const ruleOfWrong = (wrong: string): string => (wrong === 'measured-less' ? 'F17' : wrong);
/** Given without a tender; the last two are raised later, above the line and still below it. */
export const directly = ['F15', 'R055', 'R054', 'raised-below'] as const;

/** The last part of the contract comes by an amendment. */
export const raised: Readonly<Record<string, readonly [number, number, number]>> = {
  R069: [0.3, 0.5, 0.2],
  R054: [0.3, 2385 / 4050, 450 / 4050],
  'raised-below': [0.3, 0.6, 0.1],
};

export const assetWrongs = ['uncollected', '', 'unshared', 'F20', '', 'A03', 'A01'] as const;
export const assetRules: Readonly<Record<string, string>> = {
  uncollected: 'F19',
  unshared: 'F19',
  F20: 'F20',
  A03: 'A03',
  A01: 'A01',
  A02: 'A02',
  P07: 'P07',
  F18: 'F18',
  F24: 'F24',
};
export const wrongNotes: Readonly<Record<string, string>> = {
  R003: '公告四天就截止投标',
  R018: '只有一家投标',
  R030: '截止以后收到的投标中标',
  R035: '其余两家都被否决',
  R036: '只按价格评标，最低价被否决',
  F16: '两家报价完全相同',
  R024: '第二家只比中标价高千分之四',
  R054: '直接发包三百六十万元，变更以后超过四百万元',
  R055: '同一乡镇三份直接发包的合同都刚好低于四百万元',
  R058: '中标价比估算价低三成五',
  F17: '清单单价高出参考价四成',
  'measured-less': '计量比合同少三成',
  'price-near': '清单单价只高出参考价一成',
  R069: '变更使合同价高出四分之一',
  F10: '付了九成，工程只做了两成',
  P05: '开工以后半年没有进度',
  P06: '完工以后一直缺验收报告',
  P08: '照片与另一个项目相同',
  F14: '发票付款以后作废',
  F22: '没有联结任何农户',
  R031: '中标价高于公布的估算价',
  R060: '定标一个多月以后才签合同',
  R067: '合同节点过期两个多月没有确认',
  F12: '第一笔工程款付到个人账户',
  F13: '中标企业由本村在任村主任代表',
  F15: '同一企业在同一个村不到九十天签了两份直接发包合同',
  F18: '四十户分得一样多',
  F24: '有一户说少拿了一半',
  uncollected: '到期的租金一分没有收到',
  unshared: '租金收到以后没有分到户',
  F20: '租金只收到一半',
  A03: '年租金只有评估的一半，没有经村民表决',
  A01: '形成以后没有确权',
  A02: '两年没有收益',
  P07: '闲置大半年',
};
