import type { PublicVendor } from './process-rows.ts';

/** Credit codes that begin with 92 are of self-employed people (个体工商户): code and name would name a natural person. */
export function isNaturalPerson(vendor: PublicVendor): boolean {
  return vendor.credit_code.startsWith('92');
}

export function publicVendorName(vendor: PublicVendor): string {
  return isNaturalPerson(vendor) ? '个体工商户' : vendor.name;
}

/** Organisation reference of OCDS: scheme of the Chinese business register, or a number of our own for natural persons. */
export function vendorReference(vendor: PublicVendor): { id: string; name: string } {
  return { id: isNaturalPerson(vendor) ? `sunlit-vendor-${vendor.id}` : `CN-SAIC-${vendor.credit_code}`, name: publicVendorName(vendor) };
}
