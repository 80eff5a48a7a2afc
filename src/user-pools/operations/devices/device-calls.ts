/** A pool that tracks devices, and alice's sign-ins on them, for tests. */
import type { DeviceConfigurationType } from "../../../api-model/index.ts";
import type { TestContext } from "../../testing.ts";
import { PASSWORD } from "../authentication/testing.ts";
import { mfaScene } from "../mfa/testing.ts";

export const NO_DEVICE = ["ResourceNotFoundException", "Device does not exist."];
export const verifier = {
  Salt: Buffer.alloc(16, 7).toString("base64"),
  PasswordVerifier: Buffer.alloc(384, 9).toString("base64"),
};

export async function deviceScene(
  context: TestContext,
  configuration: DeviceConfigurationType | undefined = {},
  rest: object = {},
) {
  const pool = { ...(configuration && { DeviceConfiguration: configuration }), ...rest };
  const here = await mfaScene(pool, { phone_number: "+15550100001" }, Promise.resolve(context));
  const signIn = async (DEVICE_KEY?: string) => {
    const answer = await here.call("InitiateAuth", {
      ClientId: here.client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD, ...(DEVICE_KEY !== undefined && { DEVICE_KEY }) },
    });
    const { AccessToken = "", RefreshToken = "", NewDeviceMetadata } = answer.AuthenticationResult ?? {};
    return { answer, AccessToken, RefreshToken, key: NewDeviceMetadata?.DeviceKey ?? "", NewDeviceMetadata };
  };
  const confirm = async (DeviceName?: string) => {
    const { AccessToken, key, RefreshToken } = await signIn();
    const confirmed = await here.call("ConfirmDevice", {
      AccessToken,
      DeviceKey: key,
      DeviceName,
      DeviceSecretVerifierConfig: verifier,
    });
    return { AccessToken, RefreshToken, key, confirmed };
  };
  const named = { UserPoolId: here.pool.id, Username: "alice" };
  return { ...here, signIn, confirm, named };
}
