import type { Language } from './bilingual.ts';
import { detailWords } from './detail-words.ts';
import type { EvidenceRow } from './evidence-row.ts';
import type { RuleDefinition } from './define-rule.ts';

/** Names used in a template, `{amountYuan}` → `amountYuan`. */
export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** One piece of evidence as a sentence an officer can read to the household. `datasetTitle` names the source department's list. */
export function renderFact(rule: RuleDefinition, row: EvidenceRow, language: Language, datasetTitle: string): string {
  const template = rule.facts[row.fact];
  if (!template) throw new Error(`Rule ${rule.code} has no words for the fact ${row.fact}`);
  const values: Record<string, string> = {
    observedOn: row.observedOn ?? unknown[language],
    amountYuan: row.amountFen === null ? unknown[language] : yuan(row.amountFen),
    detail: row.detail === null ? unknown[language] : wordsFor(row.detail, language),
    dataset: datasetTitle,
  };
  return fill(template[language], (name) => values[name]);
}

/** The finding in one line. */
export function renderHeadline(rule: RuleDefinition, rows: readonly EvidenceRow[], language: Language): string {
  return fill(rule.headline[language], (name) => placeholders[name]?.(rows, language));
}

/** What the household is told: the fact, its right to answer, and that nothing stops before a person decides. */
export function renderNotice(rule: RuleDefinition, rows: readonly EvidenceRow[], language: Language): string {
  return fill(rule.notice[language], (name) => placeholders[name]?.(rows, language));
}

const unknown = { zh: '未登记', en: 'not recorded' } as const;

/** What a text may name; looked up only where it does, for a run writes tens of thousands of headlines. */
const placeholders: Record<string, (rows: readonly EvidenceRow[], language: Language) => string> = {
  count: (rows) => String(rows.length),
  amountYuan(rows, language) {
    const amounts = rows.flatMap((row) => row.amountFen ?? []);
    return amounts.length === 0 ? unknown[language] : yuan(amounts.reduce((sum, amount) => sum + amount, 0));
  },
  firstOn: (rows, language) => daysOf(rows)[0] ?? unknown[language],
  lastOn: (rows, language) => daysOf(rows).at(-1) ?? unknown[language],
  detail(rows, language) {
    const details = [...new Set(rows.flatMap((row) => row.detail ?? []))].map((detail) => wordsFor(detail, language));
    return details.length === 0 ? unknown[language] : details.slice(0, 5).join(language === 'zh' ? '、' : ', ');
  },
};

const daysOf = (rows: readonly EvidenceRow[]): string[] => rows.flatMap((row) => row.observedOn ?? []).toSorted();

function fill(template: string, valueOf: (name: string) => string | undefined): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name) ?? '');
}

// Made once: a formatter costs more than thousands of numbers formatted with it.
const yuanFormat = new Intl.NumberFormat('en-US', { minimumFractionDigits: 0, maximumFractionDigits: 2 });

function yuan(amountFen: number): string {
  return yuanFormat.format(amountFen / 100);
}

function wordsFor(detail: string, language: Language): string {
  return detailWords[detail]?.[language] ?? detail;
}
