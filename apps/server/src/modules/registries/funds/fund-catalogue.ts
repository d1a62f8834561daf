import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ancestorsOf, nationCode } from '@sunlit/kernel';
import { fundSource, localised, regionCode, type Localised } from '@sunlit/api-spec';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '#platform/errors.ts';
import { repositoryFolder } from '#platform/settings.ts';

const worded = z.object({ code: z.string(), zh: z.string(), en: z.string() });
const negativeItem = worded.extend({ words: z.array(z.string().min(2)).min(1) });
const fundEntry = z.object({
  code: z.string(),
  region: regionCode.default(nationCode),
  source: fundSource,
  title: localised,
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  purposes: z.array(z.string()).min(1),
  negativeList: z.string(),
  factors: z.array(z.object({ zh: z.string(), en: z.string(), share: z.number().int().min(1).max(100) })),
  /** years that unspent money may be carried forward; null = no end */
  carryOverYears: z.number().int().min(0).max(10).nullable(),
  basis: z.string(),
});
const catalogueFile = z
  .object({ purposes: z.array(worded), negativeLists: z.array(z.object({ code: z.string(), basis: z.string(), items: z.array(negativeItem) })), funds: z.array(fundEntry) })
  .superRefine((file, context) => {
    const purposes = new Set(file.purposes.map(({ code }) => code));
    const lists = new Set(file.negativeLists.map(({ code }) => code));
    for (const fund of file.funds) {
      for (const purpose of fund.purposes) if (!purposes.has(purpose)) context.addIssue(`${fund.code}: there is no purpose ${purpose}`);
      if (!lists.has(fund.negativeList)) context.addIssue(`${fund.code}: there is no negative list ${fund.negativeList}`);
      const shares = fund.factors.reduce((sum, { share }) => sum + share, 0);
      if (fund.factors.length > 0 && shares !== 100) context.addIssue(`${fund.code}: the factors make ${shares} %`);
    }
  });

export type FundKind = z.output<typeof fundEntry>;
type Catalogue = z.output<typeof catalogueFile>;
let loaded: Catalogue | undefined;

export function fundCatalogue(): Catalogue {
  loaded ??= catalogueFile.parse(parse(readFileSync(join(repositoryFolder, 'regions/_base/funds.yaml'), 'utf8')));
  return loaded;
}

/** The entry in force for a division on a day: the nearest division wins, then the newest entry. */
export function findFundKind(code: string, region: string, on: string): FundKind | undefined {
  const lineage = [...ancestorsOf(region), region];
  return fundCatalogue()
    .funds.filter((fund) => fund.code === code && lineage.includes(fund.region) && fund.validFrom <= on && (fund.validTo === undefined || fund.validTo > on))
    .sort((a, b) => lineage.indexOf(b.region) - lineage.indexOf(a.region) || b.validFrom.localeCompare(a.validFrom))[0];
}

export function getFundKind(code: string, region: string, on: string): FundKind {
  const kind = findFundKind(code, region, on);
  if (!kind) throw new AppError('request-invalid', undefined, { fields: [{ path: 'fundCode', message: '资金目录里没有这种资金，或它在这一天还不适用。' }] });
  return kind;
}

/** Refuses a purpose that the fund does not have. */
export function requirePurpose(kind: FundKind, purposeCode: string): void {
  if (!kind.purposes.includes(purposeCode)) throw new AppError('request-invalid', undefined, { fields: [{ path: 'purposeCode', message: `${kind.title.zh}不能用于这一用途；可以用于：${kind.purposes.map((code) => purposeTitle(code).zh).join('、')}。` }] });
}

export function purposeTitle(code: string): Localised {
  const purpose = fundCatalogue().purposes.find((one) => one.code === code);
  return { zh: purpose?.zh ?? code, en: purpose?.en ?? code };
}

export function fundTitle(code: string): Localised {
  return fundCatalogue().funds.find((fund) => fund.code === code)?.title ?? { zh: code, en: code };
}

/** Words of the fund's negative list that a text contains: a lead, not a verdict. */
export function negativeWordsIn(kind: FundKind, text: string): string[] {
  const list = fundCatalogue().negativeLists.find(({ code }) => code === kind.negativeList);
  return (list?.items ?? []).flatMap(({ words }) => words.filter((word) => text.includes(word)));
}
