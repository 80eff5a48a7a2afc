import type { AttributeType } from "../../api-model/index.ts";
import type { AppClientRecord, IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";

/** An identity with the names and attributes that it has in the pool. */
export interface Federated {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly provider: IdentityProviderRecord;
  /** The username of its own profile: `{provider}_{subject}`. */
  readonly username: string;
  readonly subject: string;
  readonly issuer: string | null;
  readonly attributes: readonly AttributeType[];
}
