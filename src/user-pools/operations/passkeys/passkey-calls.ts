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
  const accessTokenOf = async (USERNAME: string) => {
    const { AuthenticationResult } = await here.call("InitiateAuth", {
      ClientId: client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: "Correct-horse-1" },
    });
    return AuthenticationResult?.AccessToken ?? "";
  };
  const startBy = async (AccessToken: string) => {
    const { CredentialCreationOptions } = await here.call("StartWebAuthnRegistration", { AccessToken });
    return CredentialCreationOptions as { challenge: string; rp: { id: string } };
  };
  const completeBy = (AccessToken: string, Credential: unknown) =>
    here.call("CompleteWebAuthnRegistration", { AccessToken, Credential: Credential as JsonValue });
  const registerBy = async (token: string, changes: Partial<Ceremony> = {}) => {
    const authenticator = createAuthenticator();
    const { challenge } = await startBy(token);
    await completeBy(token, authenticator.register({ challenge, rpId: RP, ...changes }));
    return authenticator;
  };
  const AccessToken = await accessTokenOf("alice");
  const start = () => startBy(AccessToken);
  const complete = (credential: unknown) => completeBy(AccessToken, credential);
  const refusesToComplete = (Credential: unknown) =>
    here.refusal("CompleteWebAuthnRegistration", { AccessToken, Credential: Credential as JsonValue });
  const register = (changes?: Partial<Ceremony>) => registerBy(AccessToken, changes);
  /** Adds a user with a passkey. */
  const registerFor = async (username: string) => {
    await here.addUser({ username });
    return registerBy(await accessTokenOf(username));
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
  return {
    ...here,
    client,
    AccessToken,
    start,
    complete,
    refusesToComplete,
    register,
    registerFor,
    begin,
    answer,
  };
}

export const optionsOf = ({ ChallengeParameters }: RespondToAuthChallengeResponse) =>
  JSON.parse(ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}") as {
    challenge: string;
    rpId: string;
  };
