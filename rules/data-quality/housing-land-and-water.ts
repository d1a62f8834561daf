import { householdCheck, householdChecks, type DataQualityCheck } from '@sunlit/rule-kit';

interface Refs {
  readonly lifted?: string;
  readonly monitored?: string;
}

const isBlank = (title: string, code: string, en: string, sourceRef: Refs = {}): DataQualityCheck[] =>
  householdChecks({
    code: `${code}-empty`,
    title: { zh: `“${title}”为空`, en: `${en}: empty` },
    fields: [title],
    sourceRef,
    test: (household) => household.blank(title),
    wrong: [{}],
    right: [{ cells: { [title]: '0' } }],
  });

/** @param most inclusive; in mu for areas, in kilometres for the road */
const isOutside = (title: string, code: string, en: string, most: number, sourceRef: Refs = {}): DataQualityCheck[] =>
  householdChecks({
    code: `${code}-range`,
    title: { zh: `“${title}”小于 0 或大于 ${most}`, en: `${en}: below 0 or above ${most}` },
    fields: [title],
    sourceRef,
    test: (household) => {
      const value = household.number(title);
      return value !== undefined && (value < 0 || value > most);
    },
    wrong: [{ cells: { [title]: '-1' } }, { cells: { [title]: String(most + 1) } }],
    right: [{ cells: { [title]: '0' } }, { cells: { [title]: String(most) } }, {}],
  });

export default [
  ...isBlank('耕地面积（亩）', 'arable-land', 'Arable land', { lifted: '3_02_004', monitored: '5_14_015' }),
  ...isBlank('林地面积（亩）', 'forest-land', 'Forest land', { lifted: '3_02_005', monitored: '5_14_016' }),
  ...isBlank('退耕还林面积（亩）', 'returned-forest', 'Farmland returned to forest', { monitored: '5_14_017' }),
  ...isBlank('林果面积（亩）', 'orchard', 'Orchard', { monitored: '5_14_018' }),
  ...isBlank('牧草地面积', 'pasture', 'Pasture', { lifted: '3_02_006', monitored: '5_14_019' }),
  ...isBlank('水面面积', 'water-surface', 'Water surface', { monitored: '5_14_020' }),
  ...isOutside('耕地面积（亩）', 'arable-land', 'Arable land', 100, { lifted: '5_14_001', monitored: '5_14_008' }),
  ...isOutside('林地面积（亩）', 'forest-land', 'Forest land', 200, { lifted: '5_14_002', monitored: '5_14_009' }),
  ...isOutside('退耕还林面积（亩）', 'returned-forest', 'Farmland returned to forest', 200, { lifted: '5_14_003', monitored: '5_14_010' }),
  ...isOutside('林果面积（亩）', 'orchard', 'Orchard', 200, { lifted: '5_14_004', monitored: '5_14_011' }),
  ...isOutside('牧草地面积', 'pasture', 'Pasture', 100, { lifted: '5_14_005', monitored: '5_14_012' }),
  ...isOutside('水面面积', 'water-surface', 'Water surface', 100, { lifted: '5_14_006', monitored: '5_14_013' }),
  ...isOutside('与村主干路距离', 'road-distance', 'Distance to the main road of the village', 5, { lifted: '5_14_007', monitored: '5_14_014' }),
  ...isBlank('是否解决安全饮用水', 'safe-water', 'Safe drinking water', { lifted: '3_02_002' }),
  ...isBlank('是否有卫生厕所', 'toilet', 'Sanitary toilet', { lifted: '3_02_003' }),
  ...isBlank('入户道路是否硬化', 'paved-road', 'Paved road to the house', { lifted: '3_02_007', monitored: '5_19_004' }),
  ...isBlank('住房面积', 'floor-space', 'Floor space', { lifted: '3_02_008', monitored: '5_19_005' }),
  ...isBlank('是否危房户', 'unsafe-house', 'Unsafe house', { monitored: '5_19_006' }),
  ...isBlank('是否通生活用电', 'electricity', 'Electricity'),
  ...householdChecks({
    code: 'no-electricity',
    title: { zh: '未通生活用电', en: 'No electricity' },
    fields: ['是否通生活用电'],
    sourceRef: { lifted: '2_02_002' },
    test: (household) => household.flag('是否通生活用电') === false,
    wrong: [{ cells: { 是否通生活用电: '否' } }],
    right: [{ cells: { 是否通生活用电: '是' } }, {}],
  }),
  ...householdChecks({
    code: 'floor-space-range',
    title: { zh: '人均住房面积大于 300 平方米或住房面积小于 0', en: 'Floor space below 0 or above 300 m² for each member' },
    fields: ['住房面积'],
    test: (household) => {
      const space = household.number('住房面积');
      return space !== undefined && (space < 0 || space > 300 * household.persons.length);
    },
    wrong: [{ cells: { 住房面积: '-5' } }, { cells: { 住房面积: '9000' } }],
    right: [{ cells: { 住房面积: '120' } }, {}],
  }),
  householdCheck({
    code: 'house-unsafe-after-elimination',
    scope: 'monitored',
    title: { zh: '风险已消除，住房又出现安全问题', en: 'The risk is gone, but the house has become unsafe' },
    fields: ['风险是否已消除', '风险消除后是否住房损毁'],
    sourceRef: '1_02_008',
    test: (household) => household.eliminated && household.flag('风险消除后是否住房损毁') === true,
    wrong: [{ cells: { 风险是否已消除: '是', 风险消除后是否住房损毁: '是' } }],
    right: [{ cells: { 风险是否已消除: '是', 风险消除后是否住房损毁: '否' } }, { cells: { 风险是否已消除: '否', 风险消除后是否住房损毁: '是' } }],
  }),
  householdCheck({
    code: 'water-unsafe-after-elimination',
    scope: 'monitored',
    title: { zh: '风险已消除，饮水又出现安全问题', en: 'The risk is gone, but the water has become unsafe' },
    fields: ['风险是否已消除', '风险消除后是否饮水设施损毁'],
    sourceRef: '1_02_009',
    test: (household) => household.eliminated && household.flag('风险消除后是否饮水设施损毁') === true,
    wrong: [{ cells: { 风险是否已消除: '是', 风险消除后是否饮水设施损毁: '是' } }],
    right: [{ cells: { 风险是否已消除: '是', 风险消除后是否饮水设施损毁: '否' } }],
  }),
  householdCheck({
    code: 'water-problem-not-a-risk',
    scope: 'monitored',
    title: { zh: '饮水出现安全问题，但风险没有因安全饮水', en: 'The water is unsafe, but is not among the risks' },
    fields: ['是否解决安全饮用水', '致贫/返贫风险1'],
    sourceRef: '4_11_006',
    test: (household) => household.flag('是否解决安全饮用水') === false && !household.hasRisk('安全饮水'),
    wrong: [{ cells: { 是否解决安全饮用水: '否', '致贫/返贫风险1': '因病' } }],
    right: [{ cells: { 是否解决安全饮用水: '否', '致贫/返贫风险1': '因安全饮水' } }, { cells: { 是否解决安全饮用水: '是' } }],
  }),
];
