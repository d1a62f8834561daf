/** The subsistence allowance rose in the middle of the year: the shipped standard until June, the county's own since July. */
export const raisedFrom = '2026-07';
export const raisedSubsistenceFen = 44_500;
const shippedSubsistenceFen = 42_000;

export const standardFen = { 'destitute-support': 104_000, 'pension-elderly': 5_000 } as const;

export const subsistenceFen = (month: string): number => (month < raisedFrom ? shippedSubsistenceFen : raisedSubsistenceFen);
export const subsistenceYuan = (month: string): number => subsistenceFen(month) / 100;
