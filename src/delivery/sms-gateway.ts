/**
 * SMS by a gateway of the operator's own: a small web hook in front of whichever provider they use.
 */
import { createHmac } from "node:crypto";
import type { Clock } from "../clock.ts";
import { httpModule, refuseUpgrade } from "../outbound/index.ts";
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
      const headers = { "content-type": "application/json; charset=utf-8", ...signature };
      const status = await post(new URL(url), headers, text, timeoutMilliseconds).catch((cause: unknown) => {
        throw new DeliveryFailed("The SMS gateway did not answer.", { cause });
      });
      if (status < 200 || status > 299) {
        throw new DeliveryFailed(`The SMS gateway answered with status ${status}.`);
      }
    },
  };
}

/** @returns the status of the answer. Node's `fetch` would do, but a server whose only client this is holds 15 MiB less without it. */
function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  text: string,
  timeoutMilliseconds: number,
): Promise<number> {
  const { request } = httpModule(url.protocol);
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(text) }, signal },
      (answer) => {
        // An unread answer keeps its connection busy. Errors in the rest of it do not matter.
        answer.on("error", () => undefined).resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    sent.on("error", reject);
    refuseUpgrade(sent, reject);
    sent.end(text);
  });
}

function sign(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}
