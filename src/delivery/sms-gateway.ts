/**
 * SMS by a gateway of the operator's own: a small web hook in front of whichever provider they use.
 */
import { createHmac } from "node:crypto";
import type { Clock } from "../clock.ts";
import { DeliveryFailed, type MessageDelivery } from "./message.ts";

export interface SmsGatewayOptions {
  readonly url: string;
  /** Signs what is posted; without one the gateway cannot verify the sender. */
  readonly secret?: string | undefined;
  readonly clock: Clock;
  readonly timeoutMilliseconds?: number;
}

/** The header that proves the sender and the time: `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. */
export const SIGNATURE_HEADER = "x-cognate-signature";

const DEFAULT_TIMEOUT_MILLISECONDS = 10_000;

/**
 * Posts each message as JSON, `{ userPoolId, username, phoneNumber, message, purpose }`. Any 2xx answer means that it was
 * taken; redirects are not followed, since a message may hold a code.
 */
export function smsGatewayDelivery({
  url,
  secret,
  clock,
  timeoutMilliseconds = DEFAULT_TIMEOUT_MILLISECONDS,
}: SmsGatewayOptions): MessageDelivery {
  return {
    async send({ poolId, username, destination, body, purpose }) {
      const text = JSON.stringify({
        userPoolId: poolId,
        username,
        phoneNumber: destination,
        message: body,
        purpose,
      });
      const signature = secret === undefined ? {} : { [SIGNATURE_HEADER]: sign(secret, text, clock.now()) };
      let response: Response;
      try {
        response = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json; charset=utf-8", ...signature },
          body: text,
          redirect: "error",
          signal: AbortSignal.timeout(timeoutMilliseconds),
        });
        // Unread, an answer keeps its connection busy.
        await response.body?.cancel();
      } catch (error) {
        throw new DeliveryFailed("The SMS gateway did not answer.", { cause: error });
      }
      if (!response.ok) {
        throw new DeliveryFailed(`The SMS gateway answered with status ${response.status}.`);
      }
    },
  };
}

function sign(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}
