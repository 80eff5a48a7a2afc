/** The settings of a pool and its app client that the pages depend on. */
import type { AppClientRecord, UserPoolRecord } from "../../storage/index.ts";
import { allowedFirstFactors, flowEnabled } from "../../user-pools/index.ts";

/** Whether the user's name is asked for first, and then for one of the factors that the user can sign in with. */
export function isChoiceBased(pool: UserPoolRecord, client: AppClientRecord): boolean {
  return (
    flowEnabled(client, "USER_AUTH") && allowedFirstFactors(pool).some((factor) => factor !== "PASSWORD")
  );
}

/** Whether the client leaves signing in to the pool's own functions alone. AWS's pages have no custom challenges. */
export function isCustom({ settings }: UserPoolRecord, client: AppClientRecord): boolean {
  const { DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse } =
    settings.LambdaConfig ?? {};
  const hasFunctions = DefineAuthChallenge && CreateAuthChallenge && VerifyAuthChallengeResponse;
  const takesPassword = (["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH"] as const).some((flow) =>
    flowEnabled(client, flow),
  );
  return Boolean(hasFunctions) && flowEnabled(client, "CUSTOM_AUTH") && !takesPassword;
}

export function allowsSignUp({ settings }: UserPoolRecord): boolean {
  return settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true;
}
