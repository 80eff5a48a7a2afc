/** A pool that allows passkeys, and alice's registrations and sign-ins with them, for tests. */
import type { JsonValue, RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import type { TestContext } from "../../testing.ts";
import { mfaScene } from "../mfa/testing.ts";
import { type Ceremony, createAuthenticator } from "./testing.ts";

export const RP = "auth.example.com";
export const ALLOWED = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
} satisfies UserPoolSettings;
const POOL = { ...ALLOWED, WebAuthnConfiguration: { RelyingPartyId: RP } } satisfies UserPoolSettings;
export const REFUSED = ["NotAuthorizedException", "Incorrect username or password."];

export async function passkeyScene(context: TestContext, pool: UserPoolSettings = POOL) {
  const here = await mfaScene(pool, {}, Promise.resolve(context));
  const client = await here.addClient({
    ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
  });
  const { AuthenticationResult } = await here.call("InitiateAuth", {
    ClientId: client.id,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "alice", PASSWORD: "Correct-horse-1" },
  });
  const AccessToken = AuthenticationResult?.AccessToken ?? "";
  const start = async () => {
    const { CredentialCreationOptions } = await here.call("StartWebAuthnRegistration", { AccessToken });
    return CredentialCreationOptions as { challenge: string; rp: { id: string } };
  };
  const complete = (Credential: unknown) =>
    here.call("CompleteWebAuthnRegistration", { AccessToken, Credential: Credential as JsonValue });
  const refusesToComplete = (Credential: unknown) =>
    here.refusal("CompleteWebAuthnRegistration", { AccessToken, Credential: Credential as JsonValue });
  const register = async (changes: Partial<Ceremony> = {}) => {
    const authenticator = createAuthenticator();
    const { challenge } = await start();
    await complete(authenticator.register({ challenge, rpId: RP, ...changes }));
    return authenticator;
  };
  const begin = (USERNAME = "alice") =>
    here.call("InitiateAuth", {
      ClientId: client.id,
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME, PREFERRED_CHALLENGE: "WEB_AUTHN" },
    });
  const answer = ({ Session }: RespondToAuthChallengeResponse, CREDENTIAL: string, USERNAME = "alice") => ({
    ClientId: client.id,
    ChallengeName: "WEB_AUTHN" as const,
    Session,
    ChallengeResponses: { USERNAME, CREDENTIAL },
  });
  return { ...here, client, AccessToken, start, complete, refusesToComplete, register, begin, answer };
}

export const optionsOf = ({ ChallengeParameters }: RespondToAuthChallengeResponse) =>
  JSON.parse(ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}") as {
    challenge: string;
    rpId: string;
  };
