import { defineRule, noticeToUnit, wholeNumber } from '@sunlit/rule-kit';
import { z } from 'zod';

export default defineRule({
  code: 'P08',
  version: 1,
  topic: 'projects',
  titles: { zh: '照片重复使用', en: 'Picture used twice' },
  purpose: {
    zh: '查找同一张照片（改了大小、去了信息也算）出现在不同项目里的情况。',
    en: 'Looks for one picture, also resized or stripped, in different projects.',
  },
  legalBasis: [
    { zh: '《县级脱贫攻坚项目库建设管理办法》（国开办发〔2018〕10号）', en: 'Rules on county project pools (2018/10)' },
  ],
  severity: 'orange',
  direction: 'money-off-track',
  subjectKind: 'project',
  period: 'none',
  effectiveFrom: '2018-01-01',
  datasets: { required: [] },
  parameters: z.object({
    leastBits: wholeNumber({
      unit: 'count',
      zh: '画面过于单一的不比（差异点少于）',
      en: 'Pictures plainer than this are not compared',
    }),
  }),
  knownExcuses: [
    {
      code: 'same-view',
      zh: '两个项目在同一处，拍的是同一景',
      en: 'Two projects at one place',
      hint: { zh: '看两张照片和位置', en: 'See both pictures and the place' },
    },
    {
      code: 'not-recorded',
      zh: '已经办理，没有及时登记',
      en: 'Done, not recorded in time',
      hint: { zh: '看文件和凭证，补登记', en: 'See the papers and record it' },
    },
  ],
  visibility: 'ordinary',
  facts: {
    reused: {
      zh: '{detail}：{observedOn}上传的照片与另一个项目的照片相同。',
      en: '{detail}: a picture of {observedOn} is that of another project.',
    },
  },
  headline: { zh: '{detail}的照片出现在别的项目里', en: '{detail}: its picture is in another project' },
  notice: noticeToUnit(
    '项目{detail}有照片与别的项目相同，请说明并补充现场照片。',
    'A picture of project {detail} is in another project as well.',
  ),
  impactAssessment: {
    purpose: '早发现、早纠正',
    necessity: '审计多次发现同类问题',
    risk: '登记不及时会误报',
    measures: '只看项目、合同和资产的金额与日期；命中只是线索，先听取说明，由人决定。',
    assessedOn: '2026-11-25',
  },
});
