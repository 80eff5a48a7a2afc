export interface AccessKeyRecord {
  /** `AKIA…`, unique over all accounts. */
  readonly id: string;
  readonly accountId: string;
  readonly userName: string;
  /** *Sealed.* */
  readonly secret: string;
  readonly status: "Active" | "Inactive";
  readonly createdAt: number;
  readonly lastUsed?: { readonly at: number; readonly service: string; readonly region: string } | undefined;
}
