import type { DomainDescriptionType } from "../../api-model/index.ts";

/** A domain of the OAuth endpoints and the managed login pages of a pool. */
export interface DomainRecord {
  /** The prefix, or the whole name of a custom domain, in lower case. Unique over all pools. */
  readonly domain: string;
  readonly poolId: string;
  /** Custom where it has a CustomDomainConfig. */
  readonly settings: Pick<DomainDescriptionType, "CustomDomainConfig" | "ManagedLoginVersion" | "Routing">;
  readonly createdAt: number;
}
