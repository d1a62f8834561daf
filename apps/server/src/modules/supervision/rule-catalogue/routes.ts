import * as spec from '@sunlit/api-spec';
import { countyCodeOf, nationCode, regionLevelOf, type RegionCode } from '@sunlit/kernel';
import { parameterColumns, resolveParameters, type Rule } from '@sunlit/rule-kit';
import type { FastifyInstance } from 'fastify';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { bothLanguages, inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { handle } from '#platform/http/endpoint-route.ts';
import { listFreshness } from '#modules/data-intake/index.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { readRuleParameterLayers } from '#modules/programmes/index.ts';
import { getRule, getRuleLibrary, listCatalogue } from './rule-library.ts';
import { readPrecisions } from './rule-precision.ts';

const both = (text: { zh: string; en?: string | undefined }): spec.Localised => ({ zh: text.zh, en: text.en ?? text.zh });
const zhOnly = (text: string): spec.Localised => ({ zh: text, en: text });

function itemOf(rule: Rule, precision: spec.RuleItem['precision'], data: ReadonlyMap<string, DataState>): spec.RuleItem {
  return {
    code: rule.code,
    version: String(rule.version),
    title: rule.titles,
    purpose: rule.purpose,
    severity: rule.severity,
    direction: rule.direction,
    datasets: [...rule.datasets.required, ...rule.datasets.optional],
    datasetTitles: [...rule.datasets.required, ...rule.datasets.optional].map((code) => data.get(code)?.title ?? zhOnly(code)),
    visibility: rule.visibility,
    effectiveFrom: rule.effectiveFrom,
    effectiveTo: rule.effectiveTo ?? null,
    precision,
    oldestData: oldestData(rule, data),
  };
}

type DataState = Awaited<ReturnType<typeof listFreshness>>[number];
const dataStates = async (regionCode: RegionCode) => new Map((await listFreshness(regionCode)).map((state) => [state.dataset, state]));

/** The dataset that lags most: a rule is only as fresh as that. */
function oldestData(rule: Rule, data: ReadonlyMap<string, DataState>): spec.RuleItem['oldestData'] {
  let oldest: spec.RuleItem['oldestData'] = null;
  for (const dataset of rule.datasets.required) {
    const asOf = data.get(dataset)?.asOf ?? null;
    if (oldest === null || asOf === null || (oldest.asOf !== null && asOf < oldest.asOf)) oldest = { dataset, title: data.get(dataset)?.title ?? zhOnly(dataset), asOf };
    if (asOf === null) break;
  }
  return oldest;
}

export function registerRuleRoutes(app: FastifyInstance): void {
  handle(app, spec.listRules, async ({ actor }) => {
    const rules = await listCatalogue();
    const data = await dataStates(actor.regionCode);
    return inTransaction(actor, async (trx) => {
      const precision = await readPrecisions(trx, actor.regionCode);
      return { items: rules.map((rule) => itemOf(rule, precision(rule.code), data)) };
    });
  });
  handle(app, spec.getRule, async ({ actor, params, locale }) => {
    const rule = await getRule(params.code);
    const data = await dataStates(actor.regionCode);
    const library = await getRuleLibrary();
    const name = await regionNamer();
    const county = regionLevelOf(actor.regionCode) === 'nation' ? actor.regionCode : countyCodeOf(actor.regionCode);
    const layers = await inTransaction(actor, readRuleParameterLayers);
    const values = resolveParameters(rule, [library.baseParameters, ...layers(county)], today());
    const setBy = (parameter: string): { region: string; validFrom: string | null; basis: string } => {
      const on = today();
      const own = [...layers(county), library.baseParameters].flatMap((file, index, all) => (file[rule.code] ?? []).filter((entry) => parameter in entry.values && entry.validFrom <= on && (entry.validTo === undefined || on <= entry.validTo)).map((entry) => ({ entry, shipped: index === all.length - 1 })));
      const nearest = own.filter((one) => !one.shipped).at(-1) ?? own.at(-1);
      return { region: nearest && !nearest.shipped ? county : nationCode, validFrom: nearest?.entry.validFrom ?? null, basis: nearest?.entry.basis ?? '' };
    };
    return inTransaction(actor, async (trx) => ({
      ...itemOf(rule, (await readPrecisions(trx, county))(rule.code), data),
      legalBasis: rule.legalBasis.map(both),
      knownExcuses: rule.knownExcuses.map((excuse) => ({ code: excuse.code, text: { zh: `${excuse.zh}：${excuse.hint.zh}`, en: `${excuse.en}: ${excuse.hint.en}` } })),
      notice: both(rule.notice),
      parameters: parameterColumns(rule.parameters).map((parameter) => ({
        name: parameter.name,
        description: { zh: parameter.meta.zh, en: parameter.meta.en },
        unit: parameter.meta.unit,
        values: [setBy(parameter.name)].map((layer) => ({ region: name(layer.region), value: String(values[parameter.name]), validFrom: layer.validFrom, basis: inWords(layer.basis, locale) })),
      })),
      sql: rule.evidenceSql,
      impactAssessment: {
        purpose: bothLanguages(rule.impactAssessment.purpose),
        necessity: bothLanguages(rule.impactAssessment.necessity),
        risk: bothLanguages(rule.impactAssessment.risk),
        measures: bothLanguages(rule.impactAssessment.measures),
        assessedOn: rule.impactAssessment.assessedOn,
      },
    }));
  });
  handle(app, spec.listPublicRules, async () => {
    const [library, catalogue] = [await getRuleLibrary(), await listCatalogue()];
    return inTransaction(systemActor, async (trx) => {
      const precision = await readPrecisions(trx, nationCode);
      return {
        items: catalogue.map((rule) => ({
          code: rule.code,
          title: both(rule.titles),
          purpose: both(rule.purpose),
          direction: rule.direction,
          datasets: [...rule.datasets.required, ...rule.datasets.optional].map((code) => both(library.kinds.get(code)?.title ?? { zh: code })),
          precision: precision(rule.code),
        })),
      };
    });
  });
}
