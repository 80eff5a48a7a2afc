/**
 * A remembered device proves by SRP-6a that it is itself, in place of a second factor.
 *
 * @see Developer Guide, "Working with user devices in your user pool", section "Signing in with a device"
 */
import { InvalidParameterException } from "../../../api-model/index.ts";
import type { SrpIdentity } from "../../../crypto/index.ts";
import type { DeviceRecord } from "../../../storage/index.ts";
import { requireDevice } from "../../devices/index.ts";
import type { Attempt, Parameters, SignInContext } from "../attempt.ts";
import { type Challenge, passed, type Verdict } from "../challenge.ts";
import { invalidSession, required, wrongCredentials } from "../errors.ts";
import { checkTimestamp, type SrpState } from "./password-verifier.ts";

/** The device sends its SRP_A. */
export const deviceSrpAuth: Challenge = {
  name: "DEVICE_SRP_AUTH",

  offer: async ({ user }) => ({ parameters: { USERNAME: user?.username ?? "" } }),

  async verify({ attempt }, responses, context) {
    required(responses, "DEVICE_KEY");
    if (attempt.channel === "pages") return proveByPassword(attempt, responses, context);
    required(responses, "SRP_A");
    await deviceOf(attempt, context);
    return { outcome: "ask another", challenge: "DEVICE_PASSWORD_VERIFIER" };
  },
};

/** The device proves that it knows the password that it made for itself. */
export const devicePasswordVerifier: Challenge = {
  name: "DEVICE_PASSWORD_VERIFIER",
  usesSecretBlock: true,

  async offer(attempt, given, context) {
    const { crypto } = context;
    const publicA = required(given, "SRP_A");
    if (!crypto.srp.isHexNumber(publicA)) throw new InvalidParameterException("Invalid SRP_A");
    const { deviceKey, verifier } = await deviceOf(attempt, context);
    const { secretB, publicB } = await crypto.srp.offer(verifier.verifier);
    return {
      parameters: {
        DEVICE_KEY: deviceKey,
        SALT: verifier.saltHex,
        SRP_B: publicB,
        USERNAME: attempt.user?.username ?? "",
      },
      state: { publicA, publicB, secretB, deviceKey },
    };
  },

  async verify({ attempt, state }, responses, context) {
    const secretBlock = Buffer.from(required(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), "base64");
    const signature = required(responses, "PASSWORD_CLAIM_SIGNATURE");
    const timestamp = required(responses, "TIMESTAMP");
    checkTimestamp(timestamp);
    // The state of this challenge is what `offer` made.
    const { deviceKey: offeredTo, ...numbers } = state as unknown as SrpState & { deviceKey: string };
    const { deviceKey, deviceGroupKey, verifier } = await deviceOf(attempt, context);
    const identity: SrpIdentity = { poolName: deviceGroupKey, username: deviceKey };
    const isProved =
      deviceKey === offeredTo &&
      (await context.crypto.srp.checkClaim({
        ...numbers,
        identity,
        verifier: verifier.verifier,
        secretBlock,
        timestamp,
        signature,
      }));
    // A device's password has 320 bits: guessing it is no danger, and a broken device must not lock its user out.
    return isProved ? passed("device") : { outcome: "failed", refusal: wrongCredentials(), counts: false };
  },
};

/** The pages keep the password of a browser in a sealed cookie, so it comes to this server by itself. */
async function proveByPassword(
  attempt: Attempt,
  responses: Parameters,
  context: SignInContext,
): Promise<Verdict> {
  const { deviceKey: username, deviceGroupKey: poolName, verifier } = await deviceOf(attempt, context);
  const password = required(responses, "DEVICE_PASSWORD");
  const isRight = await context.crypto.srp.matches({ poolName, username }, password, verifier);
  return isRight ? passed("device") : { outcome: "failed", refusal: wrongCredentials(), counts: false };
}

/** @throws ResourceNotFoundException the device was forgotten meanwhile */
async function deviceOf(
  { user, deviceKey }: Attempt,
  { store }: SignInContext,
): Promise<DeviceRecord & { readonly verifier: NonNullable<DeviceRecord["verifier"]> }> {
  if (user === undefined) throw invalidSession();
  const device = await requireDevice(store, user, deviceKey ?? "");
  if (device.verifier === undefined || device.status !== "remembered") throw wrongCredentials();
  return { ...device, verifier: device.verifier };
}
