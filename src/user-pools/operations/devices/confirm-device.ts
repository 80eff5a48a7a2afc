import { DeviceKeyExistsException, InvalidParameterException } from "../../../api-model/index.ts";
import { AlreadyExists } from "../../../storage/index.ts";
import {
  deviceGroupKey,
  leavesRememberingToUsers,
  mfaProofOf,
  readDeviceVerifier,
  requireTracking,
} from "../../devices/index.ts";
import type { Operation } from "../../operation.ts";
import { asUnknownUser } from "../../users/index.ts";

/**
 * Keeps the device that a sign-in was from, with the verifier by which it proves itself later. Unless the pool leaves that to
 * its users, the device is remembered from now on.
 *
 * @throws InvalidParameterException the key is not the one that this sign-in got
 * @throws DeviceKeyExistsException the device is kept already
 * @throws UserNotFoundException the user was deleted
 * @see API Reference, "ConfirmDevice"
 */
export const confirmDevice: Operation<"ConfirmDevice"> = async (
  { AccessToken, DeviceKey, DeviceName, DeviceSecretVerifierConfig },
  { store, tokens, clock, request },
) => {
  const { pool, user, signIn } = await tokens.verifyAccessToken(AccessToken);
  requireTracking(pool);
  if (signIn.deviceKey !== DeviceKey) throw new InvalidParameterException("Invalid device key given.");
  const verifier = DeviceSecretVerifierConfig && readDeviceVerifier(DeviceSecretVerifierConfig);
  const isLeftToUser = leavesRememberingToUsers(pool);
  const now = clock.now();
  const mfaProof = await store.signInAttempts.get(mfaProofOf(DeviceKey));
  try {
    await store.devices.insert({
      poolId: pool.id,
      sub: user.sub,
      deviceKey: DeviceKey,
      deviceGroupKey: deviceGroupKey(pool),
      verifier,
      name: DeviceName,
      status: isLeftToUser ? "not_remembered" : "remembered",
      ...(mfaProof !== undefined && now < mfaProof.expiresAt && { hasProvedMfa: true as const }),
      lastIpAddress: request.sourceIp,
      lastAuthenticatedAt: signIn.authenticatedAt,
      createdAt: now,
      lastModifiedAt: now,
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw asUnknownUser(error);
    // The text is ours: Cognito's is not known.
    throw new DeviceKeyExistsException("Device key already exists.", { cause: error });
  }
  return { UserConfirmationNecessary: isLeftToUser };
};
