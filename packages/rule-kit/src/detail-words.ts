import type { Bilingual } from './bilingual.ts';

/** Codes that evidence may carry as `detail`, in the words an officer reads aloud. Whatever is not here is shown as it is. */
export const detailWords: Readonly<Record<string, Bilingual>> = {
  'subsistence-rural': { zh: '农村低保', en: 'rural subsistence allowance' },
  'subsistence-urban': { zh: '城市低保', en: 'urban subsistence allowance' },
  'destitute-support': { zh: '特困供养', en: 'destitute support' },
  'temporary-relief': { zh: '临时救助', en: 'temporary relief' },
  'disability-living': { zh: '困难残疾人生活补贴', en: 'disability living allowance' },
  'disability-care': { zh: '重度残疾人护理补贴', en: 'disability care allowance' },
  'education-aid': { zh: '教育资助', en: 'education aid' },
  'medical-aid': { zh: '医疗救助', en: 'medical aid' },
  'pension-elderly': { zh: '尊老金', en: 'old-age allowance' },
  'farm-subsidy': { zh: '耕地地力保护补贴', en: 'farmland subsidy' },
  'industry-subsidy': { zh: '产业奖补', en: 'industry subsidy' },
  preschool: { zh: '学前', en: 'preschool' },
  primary: { zh: '小学', en: 'primary school' },
  junior: { zh: '初中', en: 'junior secondary school' },
  senior: { zh: '普通高中', en: 'senior secondary school' },
  vocational: { zh: '中职', en: 'vocational school' },
  college: { zh: '高校', en: 'college' },
  special: { zh: '特殊教育', en: 'special school' },
};
