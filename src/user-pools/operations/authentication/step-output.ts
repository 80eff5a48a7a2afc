import type { ChallengeNameType, InitiateAuthResponse } from "../../../api-model/index.ts";
import { deviceGroupKey } from "../../devices/index.ts";
import type { OperationContext } from "../../operation.ts";
import { provedMethods, type Step } from "../../sign-in/index.ts";
import type { TokenSource } from "../../tokens/index.ts";

/**
 * A step in the form that the four operations of signing in answer with. A finished sign-in becomes tokens here.
 *
 * @param answered the challenge that led here
 */
export async function stepOutput(
  step: Step,
  { tokens, request }: OperationContext,
  answered?: ChallengeNameType,
): Promise<InitiateAuthResponse> {
  if (step.kind === "signed in") {
    const { pool, client, user } = step.attempt;
    const result = await tokens.issue({
      pool,
      client,
      user,
      signIn: step.signIn,
      methods: provedMethods(step.attempt),
      source: sourceAfter(answered),
      requestContext: request,
    });
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

/** The PreTokenGeneration trigger's name for the tokens of a sign-in. */
function sourceAfter(answered: ChallengeNameType | undefined): TokenSource {
  switch (answered) {
    case "NEW_PASSWORD_REQUIRED":
      return "TokenGeneration_NewPasswordChallenge";
    case "DEVICE_PASSWORD_VERIFIER":
      return "TokenGeneration_AuthenticateDevice";
    default:
      return "TokenGeneration_Authentication";
  }
}
