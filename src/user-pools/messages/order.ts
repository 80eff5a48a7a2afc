/** The order of a message. */
import type { CodeDestination, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import type { RequestContext } from "../request-context.ts";
import type { MessageOccasion } from "./templates.ts";

/** The ports that sending uses. */
export interface Messaging
  extends Pick<
    Environment,
    "crypto" | "delivery" | "outbox" | "log" | "events" | "triggers" | "confirmationPageOf"
  > {
  readonly request: RequestContext;
}

/** The medium by which each address is reached. */
export const MEDIUM_OF_ADDRESS = { email: "EMAIL", phone_number: "SMS" } as const;

/** The attribute that each medium goes to. */
export const ADDRESS_OF_MEDIUM = { EMAIL: "email", SMS: "phone_number" } as const;

/** Replaces an app client's id in events when an administrator creates a user. */
export const NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

/** A message that is to be composed. */
export interface MessageOrder {
  readonly occasion: MessageOccasion;
  readonly pool: UserPoolRecord;
  readonly user: UserRecord;
  /** Null where no app client is involved. */
  readonly clientId: string | null;
  readonly to: CodeDestination;
  /** The code or the temporary password in it. */
  readonly secret: string | undefined;
}
