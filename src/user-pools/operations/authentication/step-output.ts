import type { InitiateAuthResponse } from "../../../api-model/index.ts";
import { deviceGroupKey } from "../../devices/index.ts";
import type { OperationContext } from "../../operation.ts";
import type { Step } from "../../sign-in/index.ts";

/** A step in the form that the four operations of signing in answer with. A finished sign-in becomes tokens here. */
export async function stepOutput(step: Step, { tokens }: OperationContext): Promise<InitiateAuthResponse> {
  if (step.kind === "signed in") {
    const { pool, client, user } = step.attempt;
    const result = await tokens.issue({ pool, client, user, signIn: step.signIn });
    const NewDeviceMetadata = step.device?.isNew && {
      DeviceKey: step.device.key,
      DeviceGroupKey: deviceGroupKey(pool),
    };
    return {
      ChallengeParameters: {},
      AuthenticationResult: { ...result, ...(NewDeviceMetadata && { NewDeviceMetadata }) },
    };
  }
  const { challenge, session, parameters, availableChallenges } = step;
  return {
    ChallengeName: challenge,
    Session: session,
    ChallengeParameters: { ...parameters },
    ...(availableChallenges && { AvailableChallenges: [...availableChallenges] }),
  };
}
