import type { Clock } from "../clock.ts";
import type { ScryptCost } from "../crypto/index.ts";
import type { Random } from "../random.ts";
import type { Store } from "../storage/index.ts";
import type { OldPasswordLimit } from "./logins/index.ts";
import type { KeyLookup } from "./policy-language/index.ts";
import type { Caller, PrincipalDirectory } from "./principals/index.ts";
import type { SessionSealer } from "./sessions/index.ts";

/** The claims of a token that AssumeRoleWithWebIdentity uses. */
export interface WebIdentity {
  /** `iss`. */
  readonly issuer: string;
  /** `sub`. */
  readonly subject: string;
  /** `aud`. */
  readonly audience: string;
  /** `amr`, where there is one. */
  readonly methods?: readonly string[] | undefined;
}

export type WebIdentityVerdict =
  | { readonly identity: WebIdentity }
  /** The token is not an ID token of a pool of this server. */
  | { readonly fault: "unverified" }
  | { readonly fault: "expired"; readonly expiredAtSeconds: number };

/** The dependencies of IAM and STS, passed in by the composition root. */
export interface IamEnvironment {
  readonly store: Store;
  readonly directory: PrincipalDirectory;
  /** The twelve digits in every ARN. */
  readonly accountId: string;
  /** The clock for creation dates: that of user pools, which `dev` can move. */
  readonly clock: Clock;
  /**
   * The clock for signatures and temporary credentials: real time, never moved. Clients compare the expiry of
   * credentials with their own clocks.
   */
  readonly credentialClock: Clock;
  readonly random: Random;
  readonly sealer: SessionSealer;
  /** Verifies an ID token of a pool of this server by signature, issuer and time. */
  readonly verifyWebIdentity: (token: string) => Promise<WebIdentityVerdict>;
  /** Whether a URL is the issuer of pools of this server, which may be a provider with any scheme. */
  readonly isOwnIssuer: (url: string) => boolean;
  /** The cost of new hashes of console passwords. A hash contains its own, so that it can always be checked. */
  readonly passwordHashCost: ScryptCost;
  readonly oldPasswordLimit: OldPasswordLimit;
}

/** The request properties that an operation can use. */
export interface IamRequestContext extends IamEnvironment {
  /** Condition keys that do not depend on the operation: time, region, address, caller. */
  readonly lookup: KeyLookup;
}

export interface IamOperationContext extends IamRequestContext {
  readonly caller: Caller;
}
