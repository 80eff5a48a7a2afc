export interface ResourceServerRecord {
  readonly poolId: string;
  /** Unique in the pool; scopes are requested as `identifier/name`. */
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
}
