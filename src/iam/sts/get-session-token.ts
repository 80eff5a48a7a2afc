import { AccessDenied } from "../errors.ts";
import type { StsOperation } from "../operation.ts";
import { issueCredentials } from "../sessions/index.ts";
import { wrongMfaCode } from "./assume-role.ts";

const DEFAULT_SECONDS = 43_200;

/**
 * Gives a user temporary credentials with the user's permissions, except for IAM and most of STS. It needs no permission.
 *
 * @throws AccessDenied the caller has temporary credentials already, or sent an MFA code
 * @see AWS STS API Reference, "GetSessionToken"
 */
export const getSessionToken: StsOperation<"GetSessionToken"> = async (input, context) => {
  const { caller } = context;
  if (caller.session) throw new AccessDenied("Cannot call GetSessionToken with session credentials");
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined) throw wrongMfaCode();
  const durationSeconds = input.DurationSeconds ?? DEFAULT_SECONDS;
  const session = { origin: "token", name: caller.name, uniqueId: caller.uniqueId, durationSeconds } as const;
  return { Credentials: issueCredentials(session, context) };
};
