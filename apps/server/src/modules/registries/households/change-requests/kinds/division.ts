import type { divisionChange } from '@sunlit/api-spec';
import { isWithin } from '@sunlit/kernel';
import type { z } from 'zod';
import { listNeighboursInTime, regionNamer } from '#modules/organisation/index.ts';
import { handOverHouseholds } from '../../division-succession/hand-over-households.ts';
import { fieldOf, refused, type ChangeKind } from '../change-kind.ts';

/** Where a household of a village that was divided among several belongs: people say so, by its address or its own choice. */
export const division: ChangeKind<z.output<typeof divisionChange>> = {
  examine: async ({ trx, household }, change) => {
    const from = household.responsible_region_code;
    const { successors } = await listNeighboursInTime(trx, from);
    if (!successors.includes(change.regionCode)) throw refused('regionCode', '只能归入本村撤销后划入的村。');
    // Every key of a record includes the county: across counties the household is registered there anew.
    if (change.regionCode.slice(0, 6) !== from.slice(0, 6)) throw refused('regionCode', '划入其他县的户，请由那个县登记。');
    const name = await regionNamer();
    return [fieldOf(null, 'division', name(from).fullName, name(change.regionCode).fullName)];
  },
  write: async ({ trx, actor, household }, change) => {
    if (!isWithin(change.regionCode, actor.regionCode)) throw refused('regionCode', '新的村不在您负责的区划内，请由上一级审批。');
    await handOverHouseholds(trx, actor, { from: household.responsible_region_code, to: change.regionCode, only: [household.id] });
    return [{ change: 'household' }];
  },
};
