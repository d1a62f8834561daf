/** One registered person as linkage sees them, decrypted, in memory only. */
export interface LinkageRecord {
  readonly name: string;
  /** as written: 15 or 18 characters, also with a wrong check character */
  readonly idNumber: string | null;
  /** YYYY-MM-DD; read from the identity number when absent */
  readonly birthDate: string | null;
  readonly sexCode: string | null;
  /** code of the dictionary `relation` */
  readonly relationCode: string | null;
  readonly phone: string | null;
  readonly householdId: string;
  /** twelve digits */
  readonly regionCode: string;
}
