import { openAccount } from '../accounts.ts';

/** Public: everybody may try the demo, and the demo holds nobody's data. */
const password = 'sunlit-demo-2026';
const city = '320800000000';
const county = '320826000000';

export interface Persona {
  userName: string;
  password: string;
  title: { zh: string; en: string };
}

interface PersonaSpec {
  userName: string;
  role: string;
  zh: string;
  en: string;
  regionCode: string;
  departmentCode?: string;
}

/** Those who are needed before there are any households. */
const firstSpecs: readonly PersonaSpec[] = [
  { userName: 'officer', role: 'county-officer', zh: '市级业务员', en: 'City officer', regionCode: city, departmentCode: 'agriculture' },
  { userName: 'officer.lianshui', role: 'county-officer', zh: '涟水县业务员', en: 'County officer, Lianshui', regionCode: county, departmentCode: 'agriculture' },
  // Whoever proposes a policy value or made a decision needs a second person of the same duty and region.
  { userName: 'officer.second', role: 'county-officer', zh: '市级复核业务员', en: 'City officer, second person', regionCode: city, departmentCode: 'agriculture' },
  { userName: 'finance.city', role: 'finance-officer', zh: '市级财政资金员', en: 'City finance officer', regionCode: city, departmentCode: 'finance' },
  { userName: 'finance', role: 'finance-officer', zh: '财政资金员', en: 'Finance officer', regionCode: county, departmentCode: 'finance' },
  { userName: 'inspector', role: 'discipline-inspector', zh: '纪检监督员', en: 'Discipline inspector', regionCode: city, departmentCode: 'discipline-inspection' },
  { userName: 'auditor', role: 'auditor', zh: '审计员', en: 'Auditor', regionCode: city, departmentCode: 'audit-office' },
  { userName: 'hotline', role: 'hotline-operator', zh: '热线客服', en: 'Hotline operator', regionCode: city, departmentCode: 'hotline' },
  { userName: 'sysadmin', role: 'system-administrator', zh: '系统管理员', en: 'System administrator', regionCode: city },
  { userName: 'secadmin', role: 'security-administrator', zh: '安全管理员', en: 'Security administrator', regionCode: city },
  { userName: 'auditadmin', role: 'audit-administrator', zh: '审计管理员', en: 'Audit administrator', regionCode: city },
];

/** Those who work where there are findings. */
const localSpecs = (town: string, village: string): PersonaSpec[] => [
  { userName: 'reviewer', role: 'town-reviewer', zh: '乡镇审核员', en: 'Town reviewer', regionCode: town },
  { userName: 'clerk', role: 'village-clerk', zh: '村级信息员', en: 'Village clerk', regionCode: village },
  { userName: 'helper', role: 'helper', zh: '帮扶责任人', en: 'Helper', regionCode: village },
  { userName: 'secretary', role: 'first-secretary', zh: '第一书记', en: 'First secretary', regionCode: village },
];

const providerSpec = (department: { code: string; name: string }): PersonaSpec => ({
  userName: providerOf(department.code),
  role: 'data-provider',
  zh: `供数员（${department.name}）`,
  en: `Data provider (${department.code})`,
  regionCode: city,
  departmentCode: department.code,
});

export function providerOf(departmentCode: string): string {
  return `data.${departmentCode.replaceAll('-', '.')}`;
}

async function open(specs: readonly PersonaSpec[]): Promise<Persona[]> {
  for (const spec of specs) {
    await openAccount({
      userName: spec.userName,
      displayName: `演示·${spec.zh}`,
      password,
      roles: [spec.role],
      regionCode: spec.regionCode,
      departmentCode: spec.departmentCode ?? null,
      phone: '0517-00000000',
    });
  }
  return specs.map((spec) => ({ userName: spec.userName, password, title: { zh: `演示·${spec.zh}`, en: `Demo: ${spec.en}` } }));
}

/** Opens the personas of the city and its departments; those already there are left alone. */
export function openCityPersonas(departments: readonly { code: string; name: string }[]): Promise<Persona[]> {
  return open([...firstSpecs, ...departments.map(providerSpec)]);
}

export function openLocalPersonas(town: string, village: string): Promise<Persona[]> {
  return open(localSpecs(town, village));
}

/** As a table for the terminal. */
export function personasTable(personas: readonly Persona[]): string {
  const width = Math.max(...personas.map(({ userName }) => userName.length));
  return personas.map((persona) => `  ${persona.userName.padEnd(width)}  ${persona.password}  ${persona.title.zh}`).join('\n');
}
