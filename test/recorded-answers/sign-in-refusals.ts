import { type Json, type RecordedAnswer, refusal } from "./entry.ts";
import { PASSWORD, passwordSignIn, refresh, type World } from "./world.ts";

const ORIGIN = "SFX login_workflows";
const incorrect = refusal("NotAuthorizedException", "Incorrect username or password.");

async function someone(world: World, clientSettings: Json = {}) {
  const UserPoolId = await world.pool();
  const client = await world.client(UserPoolId, clientSettings);
  const user = { UserPoolId, Username: "owned-user" };
  await world.user(UserPoolId, "owned-user");
  return { UserPoolId, client, ClientId: client.id, user, signIn: passwordSignIn(client.id, "owned-user") };
}

export const signInRefusals: readonly RecordedAnswer[] = [
  {
    title: "a client without the flow",
    origin: ORIGIN,
    async *play(world) {
      const { signIn } = await someone(world, { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
      yield [
        "InitiateAuth",
        signIn,
        refusal("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"),
      ];
    },
  },
  {
    title: "InitiateAuth with ADMIN_USER_PASSWORD_AUTH",
    origin: ORIGIN,
    async *play(world) {
      const { signIn } = await someone(world);
      yield [
        "InitiateAuth",
        { ...signIn, AuthFlow: "ADMIN_USER_PASSWORD_AUTH" },
        refusal("InvalidParameterException", "Initiate Auth method not supported."),
      ];
    },
  },
  {
    title: "AdminInitiateAuth with USER_PASSWORD_AUTH",
    origin: "two public reports of 2026",
    async *play(world) {
      const { signIn, UserPoolId } = await someone(world);
      yield [
        "AdminInitiateAuth",
        { ...signIn, UserPoolId },
        refusal("InvalidParameterException", "Initiate Auth method not supported."),
      ];
    },
  },
  {
    title: "USER_SRP_AUTH without SRP_A",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId } = await someone(world);
      yield [
        "InitiateAuth",
        { ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters: { USERNAME: "owned-user" } },
        refusal("InvalidParameterException", "Missing required parameter SRP_A"),
      ];
    },
  },
  {
    title: "an unknown client",
    origin: ORIGIN,
    async *play() {
      yield [
        "InitiateAuth",
        passwordSignIn("0000000000000000000000000a", "owned-user"),
        refusal("ResourceNotFoundException", "User pool client 0000000000000000000000000a does not exist."),
      ];
    },
  },
  {
    title: "an unknown user, LEGACY and ENABLED",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId, UserPoolId } = await someone(world);
      const hiding = await world.client(UserPoolId, { PreventUserExistenceErrors: "ENABLED" });
      yield [
        "InitiateAuth",
        passwordSignIn(ClientId, "nobody"),
        refusal("UserNotFoundException", "User does not exist."),
      ];
      yield ["InitiateAuth", passwordSignIn(hiding.id, "nobody"), incorrect];
    },
  },
  {
    title: "a wrong password, and a temporary one after it was replaced",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId, user } = await someone(world);
      yield ["InitiateAuth", passwordSignIn(ClientId, "owned-user", "Wrong-Password-1"), incorrect];
      yield ["AdminSetUserPassword", { ...user, Password: "Other-Password-1", Permanent: true }, {}];
      yield ["InitiateAuth", passwordSignIn(ClientId, "owned-user"), incorrect];
    },
  },
  {
    title: "a disabled user: right password, GetUser, refresh",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId, signIn, user } = await someone(world);
      const { AuthenticationResult } = yield ["InitiateAuth", signIn];
      yield ["AdminDisableUser", user, {}];
      const disabled = refusal("NotAuthorizedException", "User is disabled.");
      yield ["InitiateAuth", signIn, disabled];
      yield ["GetUser", { AccessToken: AuthenticationResult.AccessToken }, disabled];
      yield ["InitiateAuth", refresh(ClientId, AuthenticationResult.RefreshToken), disabled];
    },
  },
  {
    title: "a client with a secret: SECRET_HASH absent and wrong",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId, signIn } = await someone(world, { GenerateSecret: true });
      const { AuthParameters } = signIn as { AuthParameters: Json };
      const absent = refusal(
        "NotAuthorizedException",
        `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
      );
      yield ["InitiateAuth", signIn, absent];
      yield ["InitiateAuth", refresh(ClientId, "token"), absent];
      yield [
        "InitiateAuth",
        { ...signIn, AuthParameters: { ...AuthParameters, SECRET_HASH: "d3Jvbmc=" } },
        refusal("NotAuthorizedException", `Unable to verify secret hash for client ${ClientId}`),
      ];
    },
  },
  {
    title: "a weak NEW_PASSWORD, a good one with the same Session, and that Session again",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id: ClientId } = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user", { TemporaryPassword: PASSWORD });
      const { Session } = yield ["InitiateAuth", passwordSignIn(ClientId, "owned-user")];
      const respond = (NEW_PASSWORD: string) => ({
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: "owned-user", NEW_PASSWORD },
      });
      yield [
        "RespondToAuthChallenge",
        respond("Short1!"),
        refusal("InvalidPasswordException", "Password does not conform to policy: Password not long enough"),
      ];
      yield ["RespondToAuthChallenge", respond("Other-Password-1")];
      yield [
        "RespondToAuthChallenge",
        respond("Other-Password-1"),
        refusal("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
      ];
    },
  },
  {
    title: "GetUser with an ID token, and with a broken signature",
    origin: ORIGIN,
    async *play(world) {
      const { signIn } = await someone(world);
      const { AuthenticationResult } = yield ["InitiateAuth", signIn];
      yield [
        "GetUser",
        { AccessToken: AuthenticationResult.IdToken },
        refusal("NotAuthorizedException", "Invalid Access Token"),
      ];
      const [header, payload] = AuthenticationResult.AccessToken.split(".");
      yield [
        "GetUser",
        { AccessToken: `${header}.${payload}.${"A".repeat(342)}` },
        refusal("NotAuthorizedException", "Could not verify signature for Access Token"),
      ];
    },
  },
  {
    title: "a refresh token at another client of the pool, at another pool's, and rubbish",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId, UserPoolId, signIn } = await someone(world);
      const sibling = await world.client(UserPoolId);
      const foreign = await world.client(await world.pool());
      const { AuthenticationResult } = yield ["InitiateAuth", signIn];
      const token = AuthenticationResult.RefreshToken;
      const invalid = refusal("NotAuthorizedException", "Invalid Refresh Token");
      yield [
        "InitiateAuth",
        refresh(sibling.id, token),
        refusal("NotAuthorizedException", "Refresh Token has different Client"),
      ];
      yield ["InitiateAuth", refresh(foreign.id, token), invalid];
      yield ["InitiateAuth", refresh(ClientId, "rubbish"), invalid];
    },
  },
  {
    title: "refresh and GetUser after RevokeToken and after a global sign-out",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId, signIn } = await someone(world);
      const revoked = refusal("NotAuthorizedException", "Refresh Token has been revoked");
      const accessRevoked = refusal("NotAuthorizedException", "Access Token has been revoked");
      for (const end of ["RevokeToken", "GlobalSignOut"] as const) {
        const { AuthenticationResult } = yield ["InitiateAuth", signIn];
        const { AccessToken, RefreshToken } = AuthenticationResult;
        yield [end, end === "RevokeToken" ? { ClientId, Token: RefreshToken } : { AccessToken }, {}];
        yield ["InitiateAuth", refresh(ClientId, RefreshToken), revoked];
        yield ["GetUser", { AccessToken }, accessRevoked];
      }
    },
  },
  {
    title: "a deleted user: refresh, sign-in, GetUser, AdminGetUser",
    origin: ORIGIN,
    async *play(world) {
      const { ClientId, signIn, user } = await someone(world);
      const { AuthenticationResult } = yield ["InitiateAuth", signIn];
      const { AccessToken, RefreshToken } = AuthenticationResult;
      yield ["AdminDeleteUser", user, ""];
      yield [
        "InitiateAuth",
        refresh(ClientId, RefreshToken),
        refusal("NotAuthorizedException", "The user has been deleted for the associated refresh token"),
      ];
      const gone = refusal("UserNotFoundException", "User does not exist.");
      yield ["InitiateAuth", signIn, gone];
      yield ["GetUser", { AccessToken }, gone];
      yield ["AdminGetUser", user, gone];
    },
  },
  {
    title: "GetUser and refresh with the tokens of a deleted user whose name was taken again",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "alice");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "alice")];
      const { AccessToken, RefreshToken } = AuthenticationResult;
      yield ["AdminDeleteUser", { UserPoolId, Username: "alice" }];
      yield ["SignUp", { ClientId: id, Username: "alice", Password: PASSWORD }];
      yield ["GetUser", { AccessToken }, refusal("UserNotConfirmedException", "User is not confirmed.")];
      yield ["AdminConfirmSignUp", { UserPoolId, Username: "alice" }];
      yield ["GetUser", { AccessToken }, refusal("NotAuthorizedException", "Invalid access token.")];
      yield [
        "InitiateAuth",
        refresh(id, RefreshToken),
        refusal("NotAuthorizedException", "The user has been deleted for the associated refresh token"),
      ];
    },
  },
  {
    title: "RevokeToken of a secret client without its secret, and with revocation off",
    origin: "SFX login, refresh_rotation",
    async *play(world) {
      const { ClientId, UserPoolId } = await someone(world, { GenerateSecret: true });
      yield [
        "RevokeToken",
        { ClientId, Token: "token" },
        refusal("UnauthorizedException", "Invalid client or secret"),
      ];
      const off = await world.client(UserPoolId, { EnableTokenRevocation: false });
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(off.id, "owned-user")];
      yield [
        "RevokeToken",
        { ClientId: off.id, Token: AuthenticationResult.RefreshToken },
        refusal("UnsupportedOperationException", "This feature is not enabled for this client"),
      ];
    },
  },
  {
    title: "GetTokensFromRefreshToken of a secret client: no secret, a wrong one",
    origin: "SFX refresh_rotation",
    async *play(world) {
      const { ClientId } = await someone(world, { GenerateSecret: true });
      yield [
        "GetTokensFromRefreshToken",
        { ClientId, RefreshToken: "token" },
        refusal(
          "NotAuthorizedException",
          `Client ${ClientId} is configured for secret but secret was not received`,
        ),
      ];
      yield [
        "GetTokensFromRefreshToken",
        { ClientId, RefreshToken: "token", ClientSecret: "aSecretThatIsAnotherOne123" },
        refusal("NotAuthorizedException", `Unable to verify secret hash for client ${ClientId}`),
      ];
    },
  },
  {
    title: "parameters that are empty, and values that are too long",
    origin: "SPIKE",
    async *play(world) {
      const { UserPoolId } = await someone(world);
      const { id } = await world.client(UserPoolId, { PreventUserExistenceErrors: "ENABLED" });
      for (const name of ["USERNAME", "PASSWORD"]) {
        const input = passwordSignIn(id, "owned-user") as { AuthParameters: Json };
        yield [
          "InitiateAuth",
          { ...input, AuthParameters: { ...input.AuthParameters, [name]: "" } },
          refusal("InvalidParameterException", `Missing required parameter ${name}`),
        ];
      }
      yield ["InitiateAuth", passwordSignIn(id, "u".repeat(129)), incorrect];
      yield ["InitiateAuth", passwordSignIn(id, "owned-user", "p".repeat(257)), incorrect];
    },
  },
];
