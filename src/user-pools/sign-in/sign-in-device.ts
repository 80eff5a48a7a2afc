import type { DeviceRecord, Repositories } from "../../storage/index.ts";
import { mfaProofOf, namedDevice, newDeviceKey, tracksDevices } from "../devices/index.ts";
import type { SignInContext, SignInDevice, UserAttempt } from "./attempt.ts";
import { hasSecondFactor } from "./next.ts";

/** How long after a sign-in ConfirmDevice still uses its second factor: the longest validity of an access token. */
const PROOF_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * The device that a sign-in is bound to.
 *
 * @returns undefined when the pool does not track devices
 */
export async function deviceOfSignIn(
  attempt: UserAttempt,
  { store, random }: SignInContext,
): Promise<SignInDevice | undefined> {
  const { pool, user, deviceKey } = attempt;
  if (!tracksDevices(pool)) return undefined;
  const device = await namedDevice(store, pool, user, deviceKey);
  const hasProvedMfa = hasSecondFactor(attempt);
  return device === undefined
    ? { key: newDeviceKey(pool, random), isNew: true, hasProvedMfa }
    : { key: device.deviceKey, isNew: false, hasProvedMfa };
}

/** Writes down that a device was signed in with, and whether a second factor was proved on it. */
export async function noteSignIn(
  { devices, signInAttempts }: Pick<Repositories, "devices" | "signInAttempts">,
  poolId: string,
  { key, isNew, hasProvedMfa }: SignInDevice,
  at: { readonly now: number; readonly ipAddress: string | undefined },
): Promise<void> {
  if (isNew) {
    const expiresAt = at.now + PROOF_MILLISECONDS;
    if (hasProvedMfa) await signInAttempts.put({ id: mfaProofOf(key), state: "", expiresAt });
    return;
  }
  await devices.update(
    poolId,
    key,
    (device): DeviceRecord => ({
      ...device,
      lastAuthenticatedAt: at.now,
      lastIpAddress: at.ipAddress ?? device.lastIpAddress,
      ...(hasProvedMfa && { hasProvedMfa }),
    }),
  );
}
