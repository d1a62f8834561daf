import { parameterColumns, type Rule, type RuleParameterFile } from '@sunlit/rule-kit';
import { dictionaries } from '#platform/configuration/dictionaries.ts';
import { choicesOf, policyField, type PolicyKind } from '#modules/programmes/index.ts';
import { getRuleLibrary, listCatalogue } from './rule-library.ts';

/** The values of each rule that a region may set, as `rule.<CODE>`. */
export async function rulePolicyKinds(): Promise<PolicyKind[]> {
  const { baseParameters } = await getRuleLibrary();
  return (await listCatalogue()).filter((rule) => Object.keys(rule.parameters.shape).length > 0).map((rule) => kindOf(rule, baseParameters));
}

function kindOf(rule: Rule, base: RuleParameterFile): PolicyKind {
  return {
    code: `rule.${rule.code}`,
    title: { zh: `${rule.code} ${rule.titles.zh}`, en: `${rule.code} ${rule.titles.en}` },
    fields: parameterColumns(rule.parameters).map(({ name, meta }) =>
      policyField({
        name,
        label: { zh: meta.zh, en: meta.en },
        unit: meta.unit,
        choices: meta.choices?.map(({ code, zh, en }) => ({ code, label: { zh, en } })) ?? (meta.dictionary && meta.dictionary in dictionaries() ? choicesOf(meta.dictionary as Parameters<typeof choicesOf>[0]) : []),
      }),
    ),
    schema: rule.parameters.partial().strict(),
    shipped: (on) => {
      const entries = (base[rule.code] ?? []).filter((entry) => entry.validFrom <= on && (entry.validTo === undefined || on <= entry.validTo)).toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
      const last = entries.at(-1);
      return last && { value: Object.assign({}, ...entries.map((entry) => entry.values)) as Record<string, unknown>, validFrom: last.validFrom, basis: last.basis };
    },
  };
}
