import type { Message } from "../../delivery/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";

/** The attribute that messages by each medium go to. */
export const ADDRESS_OF_MEDIUM = { EMAIL: "email", SMS: "phone_number" } as const;

/** The medium by which each address is reached. */
export const MEDIUM_OF_ADDRESS = { email: "EMAIL", phone_number: "SMS" } as const;

/** In whose name the pool's e-mail goes out, where it says so. */
export function senderOf(pool: UserPoolRecord): Pick<Message, "from" | "replyTo"> {
  const { From, ReplyToEmailAddress } = pool.settings.EmailConfiguration ?? {};
  return { from: From, replyTo: ReplyToEmailAddress };
}
