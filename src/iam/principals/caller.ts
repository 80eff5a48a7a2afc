import type { Signer } from "../../events.ts";
import type { PolicySet } from "../policy-language/index.ts";

/** An authenticated caller, with all policies that determine its permissions. */
export interface Caller extends Signer {
  readonly session?: CallerSession | undefined;
  /** Tags of the user or role; those of the session are in it. */
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: PolicySet;
}

/**
 * `role` for the AssumeRole operations, `token` for GetSessionToken, `federated` for GetFederationToken, `console` for a person
 * signed in to the console.
 */
export type SessionOrigin = "role" | "token" | "federated" | "console";

/** Properties of temporary credentials besides the principal. Times are milliseconds since the epoch. */
interface CallerSession {
  readonly origin: SessionOrigin;
  readonly name?: string | undefined;
  readonly issuedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Tags that are passed on to the sessions of roles that this one assumes. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string | undefined;
  /** The provider whose token started the session. */
  readonly federatedProvider?: string | undefined;
}
