import type { RegionSummary } from '@sunlit/api-spec';
import { createContext, useContext, type ReactNode } from 'react';

const OwnRegion = createContext<RegionSummary | undefined>(undefined);

/** The region of the person's account: names below it leave out what every row would repeat. */
export function OwnRegionProvider({ region, children }: { region: RegionSummary; children: ReactNode }) {
  return <OwnRegion value={region}>{children}</OwnRegion>;
}

/** 江苏省淮安市涟水县朱码镇小堤村 → 朱码镇小堤村, for somebody who works in 涟水县. */
export function shortRegionName(region: RegionSummary, own: RegionSummary | undefined): string {
  if (!own || !region.fullName.startsWith(own.fullName)) return region.fullName;
  return region.fullName.slice(own.fullName.length).trim() || region.name;
}

/** For sentences and titles, where an element does not fit. */
export function useRegionName(): (region: RegionSummary) => string {
  const own = useContext(OwnRegion);
  return (region) => shortRegionName(region, own);
}

/** The part of a division's name below one's own region; the full name stays at hand. */
export function RegionName({ region }: { region: RegionSummary }) {
  const name = useRegionName();
  return <span title={region.fullName}>{name(region)}</span>;
}
