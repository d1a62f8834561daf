import type { Localised, PayoutDoubt } from '@sunlit/api-spec';
import { programmeView } from '../entitlements/payout-standard.ts';
import { yuan } from '../payee-words.ts';
import type { DoubtFact } from './find-doubts.ts';

/** What was found about a payment, in plain words for checkers and the household alike. */
export function factWords(doubt: PayoutDoubt, fact: DoubtFact): Localised {
  switch (doubt) {
    case 'died':
      return { zh: `部门数据登记于 ${fact.day} 死亡`, en: `Departments' data record a death on ${fact.day}` };
    case 'in-custody':
      return { zh: `部门数据登记自 ${fact.day} 起服刑或强制戒毒`, en: `Departments' data record custody since ${fact.day}` };
    case 'twice-in-month':
      return { zh: `同一人本月已列入批次 ${fact.batchNumber}`, en: `The same person is listed for the month in batch ${fact.batchNumber}` };
    case 'exclusive': {
      const { title } = programmeView(fact.programmeCode!);
      return { zh: `同时享受${title.zh}，两项待遇不能同时享受`, en: `Also enrolled in: ${title.en}; the two exclude each other` };
    }
    case 'shared-account':
      return { zh: `同一账号登记在 ${fact.households} 户名下`, en: `The account is registered for ${fact.households} households` };
    case 'owner-mismatch':
      return { zh: `部门数据里这个账号的开户名不是本户的人（最近一笔 ${fact.day}）`, en: `Departments' data give the account in the name of nobody of the household (last on ${fact.day})` };
    case 'over-standard':
      return { zh: `连同已发的共 ${yuan(fact.amountFen!)} 元，当月标准只有 ${yuan(fact.standardFen!)} 元`, en: `${yuan(fact.amountFen!)} yuan with what was paid already; the standard of these months allows ${yuan(fact.standardFen!)}` };
  }
}
