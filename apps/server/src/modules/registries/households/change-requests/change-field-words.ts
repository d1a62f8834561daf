import type { ChangeField, Localised } from '@sunlit/api-spec';
import { formatYuan, maskIdCardNumber, maskPhoneNumber } from '@sunlit/kernel';
import { dictionary, labelOf, type DictionaryCode } from '#platform/configuration/dictionaries.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Locale } from '#platform/http/locale.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { nameFor } from '../household-view.ts';
import { findSection } from '../sections/section-forms.ts';
import type { ChangeValue, FieldChange } from './change-kind.ts';

type Shown = { dictionary: DictionaryCode } | 'flag' | 'text' | 'name' | 'id-number' | 'phone' | 'account';

const words: Readonly<Record<string, { label: Localised; shown: Shown }>> = {
  labour: { label: { zh: '劳动技能', en: 'Ability to work' }, shown: { dictionary: 'labour' } },
  student: { label: { zh: '在校生状况', en: 'In school' }, shown: { dictionary: 'student' } },
  education: { label: { zh: '文化程度', en: 'Education' }, shown: { dictionary: 'education' } },
  health: { label: { zh: '健康状况', en: 'Health' }, shown: { dictionary: 'health' } },
  residentMedicalInsured: { label: { zh: '参加城乡居民医保', en: 'Resident medical insurance' }, shown: 'flag' },
  employeeMedicalInsured: { label: { zh: '参加职工医保', en: 'Employee medical insurance' }, shown: 'flag' },
  phone: { label: { zh: '联系电话', en: 'Phone' }, shown: 'phone' },
  name: { label: { zh: '姓名', en: 'Name' }, shown: 'name' },
  idNumber: { label: { zh: '证件号码', en: 'Identity number' }, shown: 'id-number' },
  birthDate: { label: { zh: '出生日期', en: 'Date of birth' }, shown: 'text' },
  sex: { label: { zh: '性别', en: 'Sex' }, shown: { dictionary: 'sex' } },
  ethnicity: { label: { zh: '民族', en: 'Ethnicity' }, shown: 'text' },
  address: { label: { zh: '住址', en: 'Address' }, shown: 'text' },
  bankName: { label: { zh: '开户银行', en: 'Bank' }, shown: 'text' },
  account: { label: { zh: '银行账号', en: 'Bank account' }, shown: 'account' },
  status: { label: { zh: '户类型', en: 'Status of the household' }, shown: { dictionary: 'household-status' } },
  relation: { label: { zh: '与户主关系', en: 'Relation to the head' }, shown: { dictionary: 'relation' } },
  joining: { label: { zh: '入户', en: 'Joins' }, shown: { dictionary: 'joining' } },
  leaving: { label: { zh: '离户', en: 'Leaves' }, shown: { dictionary: 'leaving' } },
  splitNumber: { label: { zh: '新户的户编号', en: 'Number of the new household' }, shown: 'text' },
  splitRelation: { label: { zh: '分出，与新户主关系', en: 'Splits off; relation to the new head' }, shown: { dictionary: 'relation' } },
  mergedNumber: { label: { zh: '并入的户', en: 'Joining household' }, shown: 'text' },
  incomeOf: { label: { zh: '核算年度和来源', en: 'Accounting year and source' }, shown: 'text' },
  division: { label: { zh: '所属的村', en: 'Village' }, shown: 'text' },
  reversal: { label: { zh: '撤销', en: 'Takes back' }, shown: { dictionary: 'change-kind' } },
};

/** `housing.area:town`: the field, and who says it. */
function sectionLabel(of: string): Localised {
  const [path = '', source = ''] = of.split(':');
  const [section = '', code = ''] = path.split('.');
  const field = findSection(section)?.fields.find((one) => one.code === code);
  const by = dictionary('income-source').find((one) => one.code === source);
  return { zh: `${field?.zh ?? code}（${by?.zh ?? source}）`, en: `${field?.en ?? code} (${by?.en ?? source})` };
}

/** An item of the income ledger, or what comes of them all. */
function incomeLabel(item: string): Localised {
  const found = dictionary('income-item').find(({ code }) => code === item);
  return found ? { zh: found.zh, en: found.en } : { zh: '人均纯收入', en: 'Net income per head' };
}

function yesNo(value: boolean, locale: Locale): string {
  return locale === 'en' ? (value ? 'Yes' : 'No') : value ? '是' : '否';
}

/** Year and source of a statement. */
function incomeOf(value: string, locale: Locale): string {
  const [year = '', source = ''] = value.split(' ');
  return `${year} · ${labelOf('income-source', source, locale)}`;
}

export function fieldLabel(field: string): Localised {
  if (field.startsWith('section:')) return sectionLabel(field.slice('section:'.length));
  if (field.startsWith('income:')) return incomeLabel(field.slice('income:'.length));
  const title = field.startsWith('cell:') ? field.slice('cell:'.length) : field;
  return words[field]?.label ?? { zh: title, en: title };
}

/** A value as this reader may see it: codes by their words, numbers masked. */
export function shownValue(actor: Actor, field: string, value: ChangeValue, locale: Locale): string | null {
  if (value === null || value === '') return null;
  const shown = words[field]?.shown ?? 'text';
  const en = locale === 'en';
  if (field === 'health' && !actor.permissions.has('person.read-health')) return '***';
  if (field.startsWith('income:')) return `${formatYuan(Number(value))} ${en ? 'yuan' : '元'}`;
  if (typeof value === 'boolean') return yesNo(value, locale);
  if (field === 'incomeOf') return incomeOf(String(value), locale);
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((one) => shownValue(actor, field, one, locale)).join(en ? ', ' : '、');
  const text = String(value);
  if (typeof shown === 'object') return labelOf(shown.dictionary, text, locale);
  switch (shown) {
    case 'flag':
      return yesNo(text === 'true', locale);
    case 'name':
      return nameFor(actor, text);
    case 'id-number':
      return maskIdCardNumber(text);
    case 'phone':
      return maskPhoneNumber(text);
    case 'account':
      return `****${text.slice(-4)}`;
    case 'text':
      return withoutPersonalData(text);
  }
}

export function fieldView(actor: Actor, field: FieldChange, nameOf: (personId: string) => string | null, meanwhile: ChangeValue | undefined, locale: Locale): ChangeField {
  const said = (value: ChangeValue) => shownValue(actor, field.field, value, locale);
  return { person: field.personId ? nameOf(field.personId) : null, label: fieldLabel(field.field), before: said(field.before), after: said(field.after), meanwhile: meanwhile === undefined ? null : (said(meanwhile) ?? '—') };
}
