/** Pools for scenarios that the measured pool cannot have: with second factors and passkeys, and with a function. */
import type { MfaRecord, PasskeyRecord, UserRecord } from "../../src/storage/index.ts";
import { call } from "../load/call.ts";
import {
  credentialIdOf,
  passkeyPublicKey,
  RELYING_PARTY,
  totpSecretBase32,
} from "../load/software-factors.ts";
import { person } from "./population.ts";
import type { Access, SidePool } from "./target.ts";

/** A function that adds a claim to ID tokens. */
export const FUNCTION_FILE = "claims.mjs";
export const FUNCTION_SOURCE = `export const handler = async (event) => {
  event.response.claimsOverrideDetails = { claimsToAddOrOverride: { tenant: "blue" } };
  return event;
};
`;

export async function createFunctionsPool(access: Access): Promise<SidePool> {
  const { UserPool } = await call(access, "CreateUserPool", {
    PoolName: "bench of a function",
    LambdaConfig: { PreTokenGeneration: `arn:aws:lambda:${access.region}:123456789012:function:claims` },
  });
  return { poolId: UserPool.Id, clientId: await createClient(access, UserPool.Id) };
}

export async function createFactorsPool(access: Access): Promise<SidePool> {
  const { UserPool } = await call(access, "CreateUserPool", {
    PoolName: "bench of factors",
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
  });
  await call(access, "SetUserPoolMfaConfig", {
    UserPoolId: UserPool.Id,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
    WebAuthnConfiguration: { RelyingPartyId: RELYING_PARTY },
  });
  return { poolId: UserPool.Id, clientId: await createClient(access, UserPool.Id) };
}

async function createClient(access: Access, UserPoolId: string): Promise<string> {
  const { UserPoolClient } = await call(access, "CreateUserPoolClient", {
    UserPoolId,
    ClientName: "bench",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  return UserPoolClient.ClientId;
}

export const hasApp = (number: number) => number % 2 === 0;

/** The members of a user with an authenticator app. */
export function withApp(): Pick<UserRecord, "totp" | "mfa"> {
  const mfa: MfaRecord = { enabled: ["SOFTWARE_TOKEN_MFA"] };
  return { totp: { secret: totpSecretBase32 }, mfa };
}

export function passkeyOf(poolId: string, number: number, now: number): PasskeyRecord {
  const { username, sub } = person(number);
  return {
    poolId,
    sub,
    credentialId: credentialIdOf(username),
    publicKey: passkeyPublicKey(),
    signCount: 0,
    friendlyName: "Platform passkey",
    relyingPartyId: RELYING_PARTY,
    transports: ["internal"],
    createdAt: now,
  };
}
