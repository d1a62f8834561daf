export const sectionsZh = {
  'section.title': '住房、饮水、土地、就业、参保、教育',
  'section.none': '还没有这些方面的登记。导入全国系统导出的表会自动填上。',
  'section.enter': '登记情况',
  'section.enter.help': '只填核实过的项目。不同来源的说法并列保留，以谁为准由系统按规定判断。',
  'section.which': '哪一方面',
  'section.whose': '谁的情况',
  'section.value': '情况',
  'section.source': '来源',
  'section.observedOn': '核实日期',
  'section.authority': '以谁为准：{{sources}}',
  'section.authority.rule': '以谁为准的依据：{{basis}}（{{day}} 起）',
  'section.other': '{{source}}（{{day}}）：{{value}}',
} as const;

export const sectionsEn: Record<keyof typeof sectionsZh, string> = {
  'section.title': 'Housing, water, land, work, insurance, schooling',
  'section.none': 'Nothing on record yet. Importing the national system’s export fills it.',
  'section.enter': 'Record facts',
  'section.enter.help':
    'Fill in only what was verified. What sources say stands side by side; which is believed first is set by rule.',
  'section.which': 'What about',
  'section.whose': 'Whose',
  'section.value': 'Value',
  'section.source': 'Source',
  'section.observedOn': 'Verified on',
  'section.authority': 'Believed first: {{sources}}',
  'section.authority.rule': 'Basis of the order of sources: {{basis}} (since {{day}})',
  'section.other': '{{source}} ({{day}}): {{value}}',
};
