/**
 * The ports that user pools stand on, given in by the composition root.
 */
import type { IssuerConfigurationType } from "../api-model/index.ts";
import type { Clock } from "../clock.ts";
import type { BreachedPasswords, Crypto } from "../crypto/index.ts";
import type { MessageDelivery, Outbox } from "../delivery/index.ts";
import type { Events } from "../events.ts";
import type { Log } from "../log.ts";
import type { LogSinks } from "../log-sinks/index.ts";
import type { GuardedFetch } from "../outbound/index.ts";
import type { Random } from "../random.ts";
import type { Store } from "../storage/index.ts";
import type { Triggers } from "./triggers/index.ts";

/** The pool's `IssuerConfiguration.Type`: which of AWS's two host names the issuer has in AWS's form. */
export type IssuerForm = NonNullable<IssuerConfigurationType["Type"]>;

/** How identity providers are reached. */
interface ProviderAccess {
  readonly fetch: GuardedFetch;
  /** Endpoints in place of those of a social provider, in the names of `ProviderDetails`, by its type. */
  readonly endpoints: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Environment {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** Verifiers, signatures and sealed tokens; heavy arithmetic runs off the main thread. */
  readonly crypto: Crypto;
  readonly delivery: MessageDelivery;
  /** For messages whose delivery must not affect the answer. */
  readonly outbox: Outbox;
  readonly triggers: Triggers;
  readonly providers: ProviderAccess;
  readonly events: Events;
  /** The destinations of the logs that pools deliver. */
  readonly logSinks: LogSinks;
  readonly log: Log;
  /** The twelve digits in every ARN. */
  readonly accountId: string;
  /** The `iss` of the pool's tokens, where its discovery document and JWKS are found. */
  readonly issuerOf: (poolId: string, form?: IssuerForm) => string;
  /** Where browsers reach this server, without a slash at the end. */
  readonly baseUrl: () => string;
  /** The page that confirms a sign-up by a link in an e-mail; the link's parameters are added to it. */
  readonly confirmationPageOf: (poolId: string) => Promise<string>;
  /** Passwords that attackers know; undefined where the operator gives no list. */
  readonly breachedPasswords?: BreachedPasswords | undefined;
  /** Where the file of an import job is uploaded to. */
  readonly importUploadUrl: (job: { poolId: string; id: string; createdAt: number }) => string;
  /** Whether a first sign-in by a provider goes on if the pool's PreSignUp function links the identity; it fails otherwise. */
  readonly signsInAfterLink?: boolean;
  /** The value of every confirmation code, in place of a random one; only in `dev`. */
  readonly fixedCode?: string | undefined;
}
