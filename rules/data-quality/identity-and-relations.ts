import { householdCheck, householdChecks, personChecks } from '@sunlit/rule-kit';

/** A phone as the file gives it: one that cannot be a phone was kept as it came. */
const workTitle = '务工所在地';
const phoneTitle = '家庭成员联系电话';

export default [
  ...personChecks({
    code: 'id-missing',
    title: { zh: '家庭成员没有身份证号', en: 'Member without an identity number' },
    fields: ['idNumber'],
    sourceRef: { lifted: '4_01_003' },
    // Six nines stand for “no card yet” in the national system.
    test: ({ facts }) => facts.idNumber === null || facts.idNumber.startsWith('999999'),
    wrong: [{ persons: [{ idNumber: null }] }, { persons: [{ idNumber: '999999198001010018' }] }],
    right: [{ persons: [{ idNumber: '399900198001010018' }] }],
  }),
  ...personChecks({
    code: 'disabled-without-certificate',
    title: { zh: '健康状况为残疾，但证件不是残疾人证', en: 'Disabled, but the document is not a disability certificate' },
    fields: ['health', 'documentType'],
    sourceRef: { monitored: '4_12_003' },
    test: (person) => person.disabled && person.facts.documentType !== 'disability-card',
    wrong: [{ persons: [{ health: ['disabled'] }] }, { persons: [{ health: ['chronic', 'disabled'], documentType: null }] }],
    right: [{ persons: [{ health: ['disabled'], documentType: 'disability-card' }] }, { persons: [{ health: ['chronic'] }] }],
  }),
  ...personChecks({
    code: 'worker-phone-length',
    title: { zh: '务工人员的联系电话不是 11 位', en: 'Phone of a migrant worker is not of 11 digits' },
    fields: [workTitle, 'personPhone'],
    sourceRef: { lifted: '2_01_013' },
    test: (person) => !person.blank(workTitle) && (person.facts.phone ?? person.text(phoneTitle)).replaceAll(/[\s-]/gu, '').length !== 11,
    wrong: [{ persons: [{ phone: null, cells: { [workTitle]: '苏州', [phoneTitle]: '8513000' } }] }, { persons: [{ phone: null, cells: { [workTitle]: '苏州' } }] }],
    right: [{ persons: [{ cells: { [workTitle]: '苏州' } }] }, { persons: [{ phone: null }] }],
  }),
  ...personChecks({
    code: 'worker-phone-invalid',
    title: { zh: '务工人员的联系电话不是手机号', en: 'Phone of a migrant worker is no mobile number' },
    fields: [workTitle, 'personPhone'],
    sourceRef: { lifted: '2_01_014' },
    test: (person) => {
      const phone = (person.facts.phone ?? person.text(phoneTitle)).replaceAll(/[\s-]/gu, '');
      return !person.blank(workTitle) && phone.length === 11 && !/^1[3-9]\d{9}$/u.test(phone);
    },
    wrong: [{ persons: [{ phone: null, cells: { [workTitle]: '苏州', [phoneTitle]: '12345678901' } }] }],
    right: [{ persons: [{ cells: { [workTitle]: '苏州' } }] }, { persons: [{ phone: null, cells: { [workTitle]: '苏州', [phoneTitle]: '8513000' } }] }],
  }),
  ...householdChecks({
    code: 'household-phone-missing',
    title: { zh: '户联系电话为空或不是手机号', en: 'No valid phone of the household' },
    fields: ['phone'],
    sourceRef: { monitored: '5_13_003' },
    test: (household) => household.facts.phone === null,
    wrong: [{ phone: null }],
    right: [{ phone: '13912345678' }],
  }),
  householdCheck({
    code: 'same-phone-different-workplace',
    scope: 'assisted',
    title: { zh: '同户务工人员务工地不同县，登记的电话却相同', en: 'Members work in different counties under the same phone' },
    fields: ['personPhone'],
    sheets: ['national-work'],
    sourceRef: '5_15_021',
    test: (household) => {
      const placeOf = new Map<string, string>();
      return household.persons.some((person) => {
        const place = household.sheet('national-work', person)[0]?.text('务工所在县') ?? '';
        const { phone } = person.facts;
        if (place === '' || phone === null) return false;
        const earlier = placeOf.get(phone);
        placeOf.set(phone, earlier ?? place);
        return earlier !== undefined && earlier !== place;
      });
    },
    wrong: [
      {
        persons: [{ idNumber: '399900198001010018' }, { idNumber: '39990019820202002X' }],
        sheets: [
          { template: 'national-work', cells: { 证件号码: '399900198001010018', 务工所在县: '昆山市' } },
          { template: 'national-work', cells: { 证件号码: '39990019820202002X', 务工所在县: '江阴市' } },
        ],
      },
    ],
    right: [
      {
        persons: [{ idNumber: '399900198001010018' }, { idNumber: '39990019820202002X', phone: '13900000000' }],
        sheets: [
          { template: 'national-work', cells: { 证件号码: '399900198001010018', 务工所在县: '昆山市' } },
          { template: 'national-work', cells: { 证件号码: '39990019820202002X', 务工所在县: '江阴市' } },
        ],
      },
    ],
  }),
  ...householdChecks({
    code: 'spouse-same-sex',
    title: { zh: '户主与配偶同性别', en: 'Head and spouse of the same sex' },
    fields: ['relation', 'sex'],
    sourceRef: { lifted: '2_02_001', monitored: '2_11_003' },
    test: (household) => {
      const head = household.persons.find(({ facts }) => facts.relation === '01')?.facts.sex ?? null;
      return head !== null && household.any(({ facts }) => facts.relation === '02' && facts.sex === head);
    },
    wrong: [{ persons: [{ sex: '1' }, { relation: '02', sex: '1' }] }],
    right: [{ persons: [{ sex: '1' }, { relation: '02', sex: '2' }] }, { persons: [{ sex: '1' }, { relation: '03', sex: '1' }] }, { persons: [{ sex: null }, { relation: '02', sex: null }] }],
  }),
  ...householdChecks({
    code: 'spouse-several',
    title: { zh: '一户有两个以上配偶', en: 'More than one spouse of the head' },
    fields: ['relation'],
    test: (household) => household.persons.filter(({ facts }) => facts.relation === '02').length > 1,
    wrong: [{ persons: [{}, { relation: '02' }, { relation: '02' }] }],
    right: [{ persons: [{}, { relation: '02' }] }],
  }),
  ...householdChecks({
    code: 'head-not-one',
    title: { zh: '一户没有户主，或有两个以上户主', en: 'A household without a head, or with several' },
    fields: ['relation'],
    test: (household) => household.persons.length > 0 && household.persons.filter(({ facts }) => facts.relation === '01').length !== 1,
    wrong: [{ persons: [{ relation: '02' }, { relation: '03' }] }, { persons: [{}, { relation: '01' }] }],
    right: [{ persons: [{}, { relation: '02' }] }],
  }),
  ...householdChecks({
    code: 'head-is-child',
    title: { zh: '户主未满 16 周岁，而户内有成年人', en: 'The head is under 16 though adults live in the household' },
    fields: ['relation', 'birthDate'],
    test: (household) => household.any((person) => person.facts.relation === '01' && person.aged(0, 15)) && household.any((person) => person.aged(18, 150)),
    wrong: [{ persons: [{ age: 9 }, { age: 60 }] }],
    right: [{ persons: [{ age: 9 }, { age: 7 }] }, { persons: [{ age: 40 }, { age: 9 }] }],
  }),
  ...householdChecks({
    code: 'child-older-than-head',
    title: { zh: '子女或孙子女的年龄不小于户主', en: 'A child or grandchild is not younger than the head' },
    fields: ['relation', 'birthDate'],
    test: (household) => {
      const head = household.persons.find(({ facts }) => facts.relation === '01')?.age;
      return head !== undefined && household.any(({ facts, age }) => (facts.relation === '03' || facts.relation === '07') && age !== undefined && age >= head);
    },
    wrong: [{ persons: [{ age: 30 }, { relation: '03', age: 33 }] }],
    right: [{ persons: [{ age: 50 }, { relation: '03', age: 20 }] }, { persons: [{ age: 30 }, { relation: '08', age: 33 }] }],
  }),
  ...householdChecks({
    code: 'parent-younger-than-head',
    title: { zh: '父母或祖父母的年龄不大于户主', en: 'A parent or grandparent is not older than the head' },
    fields: ['relation', 'birthDate'],
    test: (household) => {
      const head = household.persons.find(({ facts }) => facts.relation === '01')?.age;
      return head !== undefined && household.any(({ facts, age }) => (facts.relation === '05' || facts.relation === '06') && age !== undefined && age <= head);
    },
    wrong: [{ persons: [{ age: 50 }, { relation: '05', age: 45 }] }],
    right: [{ persons: [{ age: 50 }, { relation: '05', age: 75 }] }],
  }),
];
