/** The checks of messages that providers send. They run on a thread of their own: {@link ./verification.ts}. */
import { type AcceptedAssertion, acceptAssertion, acceptLogoutResponse, type Expected } from "./assertion.ts";
import { acceptLogoutRequest, senderOf } from "./logout-requests.ts";
import { type Keys, verifiedLogoutResponse, verifiedResponse } from "./verified-message.ts";

export const checks = {
  /** @param encoded base64, as the POST binding sends it. @throws SamlRefusal */
  async acceptResponse(encoded: string, keys: Keys, expected: Expected): Promise<AcceptedAssertion> {
    return acceptAssertion(await verifiedResponse(encoded, keys), expected);
  },
  /** @throws SamlRefusal it is not signed by the provider, answers another request, or comes from elsewhere */
  acceptLogoutResponse(
    encoded: string,
    keys: Keys,
    expected: Parameters<typeof acceptLogoutResponse>[1],
  ): void {
    acceptLogoutResponse(verifiedLogoutResponse(encoded, keys), expected);
  },
  senderOf,
  acceptLogoutRequest,
};

/** What the thread is asked: which check, of what. */
export interface CheckRequest {
  readonly check: keyof typeof checks;
  readonly given: readonly unknown[];
}

export type CheckResult = { readonly accepted: unknown } | { readonly refusal: string };
