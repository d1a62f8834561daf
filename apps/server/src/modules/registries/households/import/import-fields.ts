import type { DictionaryCode } from '#platform/configuration/dictionaries.ts';

export type FieldKind = 'text' | 'region' | 'code' | 'codes' | 'benefit' | 'flag' | 'amount' | 'date' | 'id-number' | 'phone' | 'account';

export interface ImportField {
  readonly name: string;
  readonly kind: FieldKind;
  /** household columns are repeated on every row; the head's row (else the first) says what holds */
  readonly of: 'place' | 'household' | 'person';
  /** names of the column in the county template and in the national exports */
  readonly titles: readonly string[];
  readonly dictionary?: DictionaryCode;
  /** benefit columns: what a plain 是 means */
  readonly benefit?: string;
}

const field = (of: ImportField['of'], kind: FieldKind, name: string, titles: readonly string[], more: Partial<ImportField> = {}): ImportField => ({ of, kind, name, titles, ...more });

/** What Sunlit has a field for. Titles are compared without spaces, marks and units; nothing is guessed from likeness. */
export const importFields = [
  field('place', 'region', 'county', ['县', '县(市、区、旗)', '县区', '区县', '县(区)', '县(市、区)', '县名称']),
  field('place', 'region', 'town', ['乡', '乡(镇)', '乡镇', '镇', '镇街', '乡镇(街道)', '乡(镇、街道)', '街道']),
  field('place', 'region', 'village', ['村', '行政村', '村居', '村(社区)', '行政村(社区)', '村(居)']),
  field('place', 'region', 'villageCode', ['村代码', '行政区划代码', '村编码', '行政村代码', '区划代码', '村区划代码']),
  field('place', 'text', 'number', ['户编号', '户号', '户编码', '家庭编号', '农户编号']),
  field('person', 'text', 'name', ['姓名', '成员姓名', '家庭成员姓名', '户主姓名', '人员姓名']),
  field('person', 'code', 'documentType', ['证件类型', '证件类别'], { dictionary: 'document' }),
  field('person', 'id-number', 'idNumber', ['证件号码', '身份证号', '身份证号码', '公民身份号码', '居民身份证号', '身份证', '证件号', '户主证件号码', '户主身份证号', '户主身份证号码']),
  field('person', 'code', 'sex', ['性别'], { dictionary: 'sex' }),
  field('person', 'text', 'ethnicity', ['民族']),
  field('person', 'date', 'birthDate', ['出生日期', '出生年月日', '出生年月', '生日']),
  field('person', 'code', 'relation', ['与户主关系', '与户主的关系', '关系', '家庭关系'], { dictionary: 'relation' }),
  field('person', 'phone', 'personPhone', ['家庭成员联系电话', '本人联系电话', '成员联系电话', '本人电话']),
  field('household', 'phone', 'phone', ['户联系电话', '联系电话', '手机号', '手机号码', '家庭电话', '电话']),
  field('household', 'code', 'householdType', ['户类型', '农户类型', '农户属性', '户属性'], { dictionary: 'household-status' }),
  field('household', 'code', 'monitoredClass', ['监测对象类别', '监测类别', '监测对象类型'], { dictionary: 'household-status' }),
  field('household', 'date', 'statusFrom', ['识别监测时间', '纳入监测时间', '识别时间', '认定时间']),
  field('person', 'code', 'education', ['文化程度', '学历'], { dictionary: 'education' }),
  field('person', 'code', 'student', ['在校生状况', '在校生情况', '在校状况'], { dictionary: 'student' }),
  field('person', 'codes', 'health', ['健康状况', '身体状况'], { dictionary: 'health' }),
  field('person', 'code', 'labour', ['劳动技能', '劳动能力'], { dictionary: 'labour' }),
  field('person', 'flag', 'residentMedicalInsured', ['是否参加城乡居民基本医疗保险', '是否参加城乡居民医保']),
  field('person', 'flag', 'employeeMedicalInsured', ['是否参加城镇职工基本医疗保险', '是否参加职工医保']),
  field('person', 'benefit', 'subsistence', ['享受低保政策情况', '是否享受低保', '低保情况'], { dictionary: 'programme', benefit: 'subsistence-rural' }),
  field('person', 'benefit', 'destituteSupport', ['享受特困供养政策情况', '是否享受特困供养', '特困供养情况'], { dictionary: 'programme', benefit: 'destitute-support' }),
  field('person', 'benefit', 'benefits', ['享受待遇', '享受其他待遇', '享受政策待遇'], { dictionary: 'programme' }),
  field('household', 'amount', 'wage', ['工资性收入']),
  field('household', 'amount', 'business', ['生产经营性收入', '经营性收入', '经营净收入']),
  field('household', 'amount', 'property', ['财产性收入', '财产净收入']),
  field('household', 'amount', 'transfer', ['转移性收入', '转移净收入']),
  field('household', 'amount', 'cost', ['生产经营性支出']),
  field('household', 'amount', 'perCapita', ['人均纯收入', '人均可支配收入', '家庭人均纯收入', '年人均纯收入']),
  field('household', 'text', 'incomeYear', ['收入年度', '收入所属年度']),
  field('household', 'text', 'address', ['住址', '家庭住址', '详细地址', '家庭地址', '居住地址']),
  field('household', 'text', 'bankName', ['开户银行', '开户行', '银行名称']),
  field('household', 'account', 'account', ['银行账号', '银行卡号', '一卡通账号', '一卡通卡号', '账号']),
] as const satisfies readonly ImportField[];

export type FieldName = (typeof importFields)[number]['name'];

export const fieldByName: ReadonlyMap<string, ImportField> = new Map(importFields.map((one) => [one.name, one]));

/** Words in a benefit column that say: none. */
export const noBenefitWords: ReadonlySet<string> = new Set(['未享受', '不享受', '否', '无', '没有', '未参加', '0', '/', '-', '—']);
export const yesWords: ReadonlySet<string> = new Set(['是', '有', '享受', '已享受', '已参加', '参加', '√', '1', 'y', 'yes', 'true']);
export const noWords: ReadonlySet<string> = new Set(['否', '无', '未参加', '未享受', '没有', '×', '0', 'n', 'no', 'false']);
