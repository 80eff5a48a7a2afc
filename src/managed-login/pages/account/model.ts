/** The facts of a user that the account page shows. */
import type { Hidden, Notice } from "../../components.tsx";
import type { AttributeField } from "../attributes.tsx";

export type Factor = "SOFTWARE_TOKEN_MFA" | "SMS_MFA" | "EMAIL_OTP";

export interface FactorState {
  readonly factor: Factor;
  readonly isOn: boolean;
  readonly isPreferred: boolean;
  /** False where an address or an app that it needs is missing. */
  readonly canTurnOn: boolean;
}

export interface Address {
  readonly attribute: "email" | "phone_number";
  readonly value: string;
  readonly isVerified: boolean;
}

/** A passkey, a device or a session: what is known of it, and the id by which it is removed. */
export interface Item {
  readonly id: string;
  readonly name: string | undefined;
  readonly detail?: string | undefined;
  readonly at: Date | undefined;
  readonly isCurrent?: boolean;
}

export interface AccountModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly name: string;
  /** Where the user proves again who they are; undefined while the last proof is new enough for every change. */
  readonly signInAgainHref: string | undefined;
  readonly dataHref: string;
  /** IANA name of the zone in which times are shown. */
  readonly timeZone: string;
  readonly attributes: readonly AttributeField[];
  readonly addresses: readonly Address[];
  /** Whether the user has a password here; `none` for users who sign in by a provider. */
  readonly password: "set" | "unset" | "none";
  readonly factors: readonly FactorState[];
  /** Whether a passkey counts as both steps; undefined if the pool does not allow it or the user has none. */
  readonly passkeyMfa: { readonly isOn: boolean; readonly canTurnOn: boolean } | undefined;
  /** Undefined: the pool has none of it. */
  readonly passkeys: readonly Item[] | undefined;
  readonly devices: readonly Item[] | undefined;
  readonly sessions: readonly Item[] | undefined;
}
