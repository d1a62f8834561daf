import { ancestorsOf, isWithin, nationCode, type RegionCode } from '@sunlit/kernel';

/** The lowest division that two divisions lie in: whoever works there may see both. */
export function commonAncestorOf(a: RegionCode, b: RegionCode): RegionCode {
  return [...ancestorsOf(a), a].findLast((code) => isWithin(b, code)) ?? nationCode;
}
