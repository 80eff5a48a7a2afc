/** The order of a message. */
import type { CodeDestination, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import type { RequestContext } from "../request-context.ts";
import type { MessageOccasion } from "../triggers/index.ts";

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
