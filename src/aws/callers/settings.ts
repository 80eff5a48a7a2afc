/** Which callers a server trusts: the only difference between `dev` and `serve` in authentication. */
export interface TrustSettings {
  /**
   * How a request with an unknown access key is treated. `dev` takes it for the account's
   * administrator, so that any tool with dummy keys works; `serve` refuses it. A known key is verified in either.
   */
  readonly unknownKeys: "administrator" | "refused";
  /** Whether a `Host` header names this server. Under any other name unknown keys get no trust (DNS rebinding). */
  readonly isOwnHost: (host: string | undefined) => boolean;
  /** Whether an `Origin` header is absent or of a page of this machine. Unknown keys on any other page get no trust. */
  readonly isLocalOrigin: (origin: string | undefined) => boolean;
  /** Whether the refusal of a wrong signature shows the signed text, session token included: only in `dev`. */
  readonly explainsSignatures: boolean;
  /** Whether `local` and `localhost` are regions, as in other emulators: only in `dev`. */
  readonly acceptsLocalRegions: boolean;
}

/** The settings of `serve`. */
export const strictTrust: TrustSettings = {
  unknownKeys: "refused",
  isOwnHost: () => false,
  isLocalOrigin: () => false,
  explainsSignatures: false,
  acceptsLocalRegions: false,
};
