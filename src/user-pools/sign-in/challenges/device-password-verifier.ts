/**
 * A remembered device proves by SRP-6a that it is itself, in place of a second factor.
 *
 * @see Developer Guide, "Working with user devices in your user pool", section "Signing in with a device"
 */
import type { SrpIdentity } from "../../../crypto/index.ts";
import type { DeviceRecord } from "../../../storage/index.ts";
import { requireDevice } from "../../devices/index.ts";
import type { Attempt, SignInContext } from "../attempt.ts";
import { type Challenge, offeredState, passed } from "../challenge.ts";
import { invalidSession, required, wrongCredentials } from "../errors.ts";
import { checkTimestamp, requireSrpA, type SrpState } from "./password-verifier.ts";

interface DeviceSrpState extends SrpState {
  readonly deviceKey: string;
}

/** The device proves the password that it made for itself. */
export const devicePasswordVerifier: Challenge = {
  name: "DEVICE_PASSWORD_VERIFIER",
  usesSecretBlock: true,

  async offer(attempt, given, context) {
    const { crypto } = context;
    const publicA = requireSrpA(given, crypto);
    const { deviceKey, verifier } = await deviceOf(attempt, context);
    const { secretB, publicB } = await crypto.srp.offer(verifier.verifier);
    return {
      parameters: {
        DEVICE_KEY: deviceKey,
        SALT: verifier.saltHex,
        SRP_B: publicB,
        USERNAME: attempt.user?.username ?? "",
      },
      state: { publicA, publicB, secretB, deviceKey } satisfies DeviceSrpState,
    };
  },

  async verify({ attempt, state }, responses, context) {
    required(responses, "DEVICE_KEY");
    const secretBlock = Buffer.from(required(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), "base64");
    const signature = required(responses, "PASSWORD_CLAIM_SIGNATURE");
    const timestamp = required(responses, "TIMESTAMP");
    checkTimestamp(timestamp);
    const { deviceKey: offeredTo, ...numbers } = offeredState<DeviceSrpState>(state);
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

/** @throws ResourceNotFoundException the device was forgotten meanwhile */
export async function deviceOf(
  { user, deviceKey }: Attempt,
  { store }: SignInContext,
): Promise<DeviceRecord & { readonly verifier: NonNullable<DeviceRecord["verifier"]> }> {
  if (user === undefined) throw invalidSession();
  const device = await requireDevice(store, user, deviceKey ?? "");
  if (device.verifier === undefined || device.status !== "remembered") throw wrongCredentials();
  return { ...device, verifier: device.verifier };
}
