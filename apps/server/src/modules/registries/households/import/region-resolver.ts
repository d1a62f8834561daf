import { cleanCode, isWithin, parseRegionCode } from '@sunlit/kernel';

export interface RegionDirectory {
  regions: readonly { code: string; name: string; level: string; parentCode: string | null; validTo: string | null }[];
  successors: ReadonlyMap<string, readonly string[]>;
}

export interface ResolvedRegion {
  code: string;
  /** the code of the file when it ended and was replaced */
  historicalCode: string | null;
  mismatch: boolean;
  /** the file gives a code that no division has; the names decided */
  codeUnknown?: boolean;
}

const endings = /(?:村民委员会|居民委员会|社区居委会|社区村委会|居委会|村委会|委员会|社区|行政村|村|居)$/u;
const shortVillage = (name: string): string => name.replace(endings, '') || name;
const shortTown = (name: string): string => name.replace(/(?:街道办事处|办事处|街道|镇|乡)$/u, '') || name;
const last = (name: string, marks: RegExp): string => name.split(marks).filter((part) => part !== '').at(-1) ?? '';

/** Finds the village of a row: by its code, else by the names of county, town and village; old ones through successors. */
export class RegionResolver {
  readonly #byCode = new Map<string, RegionDirectory['regions'][number]>();
  readonly #counties = new Map<string, string[]>();
  readonly #children = new Map<string, Map<string, string | null>>();
  readonly #successors: RegionDirectory['successors'];
  readonly #scope: string;
  readonly #kept = new Map<string, ResolvedRegion | undefined>();

  constructor(directory: RegionDirectory, scope: string) {
    this.#successors = directory.successors;
    this.#scope = scope;
    for (const region of directory.regions) {
      this.#byCode.set(region.code, region);
      if (region.level === 'county') this.#counties.set(region.name, [...(this.#counties.get(region.name) ?? []), region.code]);
      if (region.parentCode === null || (region.level !== 'town' && region.level !== 'village')) continue;
      const short = region.level === 'town' ? shortTown : shortVillage;
      const names = this.#children.get(region.parentCode) ?? new Map<string, string | null>();
      this.#children.set(region.parentCode, names);
      names.set(region.name, region.code);
      // a short name that two divisions share means neither
      const key = `~${short(region.name)}`;
      names.set(key, names.has(key) && names.get(key) !== region.code ? null : region.code);
    }
  }

  resolve(cells: { county: string; town: string; village: string; villageCode: string }): ResolvedRegion | undefined {
    const key = `${cells.villageCode}|${cells.county}|${cells.town}|${cells.village}`;
    if (this.#kept.has(key)) return this.#kept.get(key);
    const byName = this.#byNames(cells);
    const byCode = this.#byVillageCode(cells.villageCode, byName);
    const found = byCode ? { ...byCode, mismatch: byName !== undefined && byName.code !== byCode.code } : byName && { ...byName, codeUnknown: cells.villageCode.trim() !== '' };
    if (this.#kept.size < 200_000) this.#kept.set(key, found);
    return found;
  }

  #byVillageCode(cell: string, byName: ResolvedRegion | undefined): ResolvedRegion | undefined {
    const parsed = parseRegionCode(cell.replace(/\.0+$/u, ''));
    if (!parsed.ok) return undefined;
    const region = this.#byCode.get(parsed.value);
    if (region?.level === 'village' && region.validTo === null) return { code: region.code, historicalCode: null, mismatch: false };
    const direct = this.#successors.get(parsed.value)?.[0];
    if (direct && this.#byCode.get(direct)?.level === 'village') return { code: direct, historicalCode: parsed.value, mismatch: false };
    // A county was replaced: its villages keep the rest of their codes; the name decides when they do not.
    const county = this.#successors.get(`${parsed.value.slice(0, 6)}000000`)?.[0];
    if (!county) return undefined;
    const moved = `${county.slice(0, 6)}${parsed.value.slice(6)}`;
    if (byName && isWithin(byName.code, county)) return { code: byName.code, historicalCode: parsed.value, mismatch: false };
    return this.#byCode.get(moved)?.level === 'village' ? { code: moved, historicalCode: parsed.value, mismatch: false } : undefined;
  }

  #byNames(cells: { county: string; town: string; village: string }): ResolvedRegion | undefined {
    const village = cleanCode(cells.village);
    const town = cleanCode(cells.town);
    if (village === '' || town === '') return undefined;
    for (const { county, old } of this.#countiesNamed(last(cleanCode(cells.county), /(?<=[省市])(?=.)/u))) {
      const townCode = this.#child(county, town, shortTown) ?? this.#child(county, last(town, /(?<=[县区市])(?=.{2,})/u), shortTown);
      const villageCode = townCode && (this.#child(townCode, village, shortVillage) ?? this.#child(townCode, last(village, /(?<=镇|乡|街道)(?=.)/u), shortVillage));
      if (villageCode) return { code: villageCode, historicalCode: old ? `${old.slice(0, 6)}${villageCode.slice(6)}` : null, mismatch: false };
    }
    return undefined;
  }

  /** Counties of that name, those of the actor's region first; without a name, the county the actor works in. */
  #countiesNamed(name: string): { county: string; old: string | null }[] {
    if (name === '') return this.#scope.slice(4, 6) === '00' ? [] : [{ county: `${this.#scope.slice(0, 6)}000000`, old: null }];
    const codes = [...(this.#counties.get(name) ?? [])].sort((a, b) => Number(isWithin(b, this.#scope)) - Number(isWithin(a, this.#scope)));
    return codes.flatMap((code): { county: string; old: string | null }[] => {
      const successors = this.#successors.get(code);
      return successors ? successors.map((county) => ({ county, old: code })) : [{ county: code, old: null }];
    });
  }

  #child(parent: string, name: string, short: (name: string) => string): string | undefined {
    const names = this.#children.get(parent);
    return names?.get(name) ?? names?.get(`~${short(name)}`) ?? undefined;
  }
}
