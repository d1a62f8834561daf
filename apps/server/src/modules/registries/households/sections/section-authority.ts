import { z } from 'zod';
import { dictionary } from '#platform/configuration/dictionaries.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { choicesOf, policyField, type PolicyKind } from '#modules/programmes/index.ts';
import { sectionForms, type SectionField, type SectionForm } from './section-forms.ts';

const codeOf = (section: Pick<SectionForm, 'code'>): string => `record.authority.${section.code}`;
const sources = z.string().max(200).refine((text) => text.split(',').every((code) => dictionary('income-source').some((one) => one.code === code)));
const schemaOf = (section: SectionForm) => z.object(Object.fromEntries(section.fields.map(({ code }) => [code, sources]))).strict();

export interface Authority {
  /** sources in the order in which they are believed */
  of: (section: SectionForm, field: SectionField) => readonly string[];
  rule: (section: SectionForm) => { basis: string; validFrom: string } | null;
}

/** Whom a division believes first of each field, as set on a day; where nothing is set, in the order of the list of sources. */
export async function getAuthority(trx: Trx, regionCode: string, on: string): Promise<Authority> {
  const unset = dictionary('income-source').map(({ code }) => code);
  const found = new Map<string, Awaited<ReturnType<typeof findPolicy<Record<string, string>>>>>();
  for (const section of sectionForms()) found.set(section.code, await findPolicy(trx, codeOf(section), regionCode, on, schemaOf(section)));
  return {
    of: (section, field) => found.get(section.code)?.value[field.code]?.split(',') ?? unset,
    rule: (section) => {
      const policy = found.get(section.code);
      return policy ? { basis: policy.basis, validFrom: policy.validFrom } : null;
    },
  };
}

/** What a region may set: for each section of the form and field, whose word counts first. */
export function authorityPolicyKinds(): PolicyKind[] {
  const choices = choicesOf('income-source');
  return sectionForms().map((section) => ({
    code: codeOf(section),
    title: { zh: `以谁为准：${section.title.zh}`, en: `Believed first: ${section.title.en}` },
    fields: section.fields.map(({ code, zh, en }) => policyField({ name: code, label: { zh, en }, unit: 'codes', choices })),
    schema: schemaOf(section),
  }));
}
