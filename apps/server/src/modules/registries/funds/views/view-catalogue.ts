import type { ResponseOf, getFundCatalogue as endpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { fundCatalogue, purposeTitle } from '../fund-catalogue.ts';
import { withCode } from '../trail/trail-policy.ts';

export function viewFundCatalogue(actor: Actor): ResponseOf<typeof endpoint> {
  authorize(actor, 'fund.read');
  const { funds, negativeLists } = fundCatalogue();
  return {
    funds: funds.map((fund) => ({
      code: fund.code,
      title: fund.title,
      source: fund.source,
      validFrom: fund.validFrom,
      validTo: fund.validTo ?? null,
      purposes: fund.purposes.map((code) => withCode(code, purposeTitle(code))),
      negativeList: (negativeLists.find(({ code }) => code === fund.negativeList)?.items ?? []).map(({ code, zh, en }) => withCode(code, { zh, en })),
      factors: fund.factors.map(({ zh, en, share }) => ({ title: { zh, en }, share })),
      carryOverYears: fund.carryOverYears,
      basis: fund.basis,
    })),
  };
}
