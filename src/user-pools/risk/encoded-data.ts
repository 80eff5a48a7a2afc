/**
 * The device data that amazon-cognito-advanced-security-data and Amplify's libraries collect: base64 of `{payload,
 * signature, version}`. The `payload` is JSON text. The signature is an HMAC-SHA256 of the version and the payload
 * under the app client's id. That id is public, so the signature only detects accidental changes and does not prove the
 * sender.
 *
 * The format was read from the sources of Amplify's Android library (`UserContextDataProvider`) in November 2026.
 */
import { createHmac } from "node:crypto";
import { equalSecrets } from "../../crypto/index.ts";
import { isJsonObject, parseJsonObject } from "../../json.ts";

interface DeviceData {
  readonly deviceId?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly timezone?: string | undefined;
}

/** The owner of the data: the pool and the user that it was collected for. */
interface DeviceDataOwner {
  readonly poolId: string;
  readonly clientId: string;
}

/**
 * Reads device data.
 *
 * @returns undefined for data in another form, of another pool, or with a wrong signature
 */
export function readEncodedData(encoded: string, owner: DeviceDataOwner): DeviceData | undefined {
  const envelope = parseJsonObject(Buffer.from(encoded, "base64").toString());
  const { payload, signature, version } = envelope ?? {};
  if (typeof payload !== "string" || typeof signature !== "string" || typeof version !== "string")
    return undefined;
  const expected = createHmac("sha256", owner.clientId).update(version).update(payload).digest("base64");
  if (!equalSecrets(signature, expected)) return undefined;
  const content = parseJsonObject(payload);
  const { userPoolId, contextData } = content ?? {};
  // Android sends the pool's id, and older pages an empty one.
  if (userPoolId !== undefined && userPoolId !== "" && userPoolId !== owner.poolId) return undefined;
  const data = isJsonObject(contextData) ? contextData : {};
  return {
    deviceId: text(data.DeviceId),
    userAgent: text(data.UserAgent),
    timezone: text(data.ClientTimezone),
  };
}

/** The kept part is bounded, because clients write it. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, 256) : undefined;
}
