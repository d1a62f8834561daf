import { z } from 'zod';
import { numberKind, policyField, type PolicyKind } from '#modules/programmes/index.ts';
import { projectCatalogue } from './project-catalogue.ts';

const count = z.number().int().min(0).max(100);
export const admissionSchema = z.object({ leastTargets: count, expertReviews: count, accountingReviews: count, leastScore: count }).strict();
export const voteSchema = z.object({ villagersPercent: count, representativesPercent: count, inFavourPercent: count }).strict();

const text = z.string().trim().min(1).max(200);
export const publisherSchema = z
  .object({
    /** as registered with the Open Contracting Partnership; never changed once data is out, since every ocid begins with it */
    releasePrefix: z.string().regex(/^ocds-[a-z0-9]{6}$/),
    projectPrefix: z.string().regex(/^oc4ids-[a-z0-9]{6}$/),
    name: text,
    uri: z.url({ protocol: /^https?$/ }),
    license: z.url({ protocol: /^https?$/ }),
  })
  .strict();
export type OpenContractingPublisher = z.output<typeof publisherSchema>;

/** What a region may ask of projects, village votes, tenders and contracts. */
export function projectPolicyKinds(): PolicyKind[] {
  return [
    {
      code: 'project.admission',
      title: { zh: '项目入库条件', en: 'What a project needs to enter the pool' },
      fields: [
        policyField({ name: 'leastTargets', label: { zh: '最少绩效目标', en: 'Least targets' }, unit: 'count', min: 1 }),
        policyField({ name: 'expertReviews', label: { zh: '专家评审次数', en: 'Expert reviews' }, unit: 'count', max: 20 }),
        policyField({ name: 'accountingReviews', label: { zh: '会计机构评审次数', en: 'Reviews by accounting firms' }, unit: 'count', max: 20 }),
        policyField({ name: 'leastScore', label: { zh: '最低平均分', en: 'Least average score' }, unit: 'count', max: 100 }),
      ],
      schema: admissionSchema,
    },
    numberKind('project.publication-days', { zh: '项目公示天数', en: 'Days a project is published' }, { unit: 'days', min: 1, max: 90 }),
    {
      code: 'village-vote',
      title: { zh: '村民（代表）会议表决', en: 'When a village vote carries' },
      fields: [
        policyField({ name: 'villagersPercent', label: { zh: '村民会议到会比例超过', en: 'Villagers present above' }, unit: 'percent', max: 100 }),
        policyField({ name: 'representativesPercent', label: { zh: '代表会议到会比例不少于', en: 'Representatives present at least' }, unit: 'percent', max: 100 }),
        policyField({ name: 'inFavourPercent', label: { zh: '同意比例超过', en: 'In favour above' }, unit: 'percent', max: 100 }),
      ],
      schema: voteSchema,
    },
    {
      code: 'open-contracting.publisher',
      title: { zh: '公开合同数据的发布单位', en: 'Publisher of open contracting data' },
      fields: [
        policyField({ name: 'releasePrefix', label: { zh: 'OCDS 登记前缀（ocds- 加六位）', en: 'Registered OCDS prefix (ocds- and six characters)' }, unit: 'text' }),
        policyField({ name: 'projectPrefix', label: { zh: 'OC4IDS 登记前缀（oc4ids- 加六位）', en: 'Registered OC4IDS prefix (oc4ids- and six characters)' }, unit: 'text' }),
        policyField({ name: 'name', label: { zh: '发布单位名称', en: 'Name of the publisher' }, unit: 'text' }),
        policyField({ name: 'uri', label: { zh: '发布单位网址', en: 'Its address on the web' }, unit: 'text' }),
        policyField({ name: 'license', label: { zh: '许可协议网址', en: 'Address of the licence' }, unit: 'text' }),
      ],
      schema: publisherSchema,
    },
    ...projectCatalogue()
      .workItems.filter(({ code }) => code !== 'other')
      .map(({ code, zh, en, unit }) => numberKind(`line.works-price-${code}`, { zh: `${zh}参考单价（每${unit.zh}）`, en: `Reference price: ${en} (per ${unit.en})` }, { unit: 'fen' })),
    numberKind('contract.tender-threshold-fen', { zh: '必须招标的合同金额', en: 'Contract value from which a tender is compulsory' }, { unit: 'fen', max: 100_000_000_000 }),
    numberKind('contract.submission-days', { zh: '投标期限最少天数', en: 'Least days for submitting bids' }, { unit: 'days', min: 1, max: 90 }),
    numberKind('contract.most-retention-percent', { zh: '质保金最高比例', en: 'Most retention money' }, { unit: 'percent', max: 20 }),
  ];
}
