export type Scale = 'sample' | 'county' | 'city' | 'province' | number;

const personsPerHousehold = 422_000 / 87_600;

export interface CityPlan {
  readonly households: number;
  /** part of the city of Huai'an, 1 = the whole */
  readonly share: number;
  /** which divisions the households live in */
  readonly codePrefix: string;
  /** small cities send spreadsheets where large ones send text files */
  readonly spreadsheets: boolean;
}

/** `sample` is 2 % of the city over all its counties; a number is a number of persons. */
export function planOf(scale: Scale): CityPlan {
  const plan = (households: number, codePrefix: string): CityPlan => ({
    households,
    share: households / 87_600,
    codePrefix,
    spreadsheets: households <= 5_000,
  });
  switch (scale) {
    case 'sample':
      return plan(1_752, '3208');
    case 'county':
      return plan(12_500, '320826');
    case 'city':
      return plan(87_600, '3208');
    case 'province':
      return plan(518_000, '32');
    default:
      return plan(Math.max(60, Math.round(scale / personsPerHousehold)), scale > 600_000 ? '32' : '3208');
  }
}
