/** Inputs of the operations of users on themselves, and of signing up and in. */
import { createHmac } from "node:crypto";
import { softwareDevice } from "../../../src/user-pools/operations/devices/testing.ts";
import {
  type Authenticator,
  createAuthenticator,
} from "../../../src/user-pools/operations/passkeys/testing.ts";
import { mutatedJson } from "../mutate.ts";
import { beginning, respondInput, signedIn } from "../sign-in.ts";
import {
  type Client,
  clientOf,
  codeTo,
  type Json,
  messagesTo,
  type OpenChallenge,
  PASSWORD,
  type PoolKind,
  poolOf,
  secretHash,
  type Tokens,
  totpCode,
  type User,
  userOf,
  type World,
} from "../world.ts";
import type { Generator } from "./generator.ts";
import { attributesOf, hasPhone, MAX_USERS, preferencesOf } from "./users.ts";

interface Bearer {
  readonly user: User;
  readonly tokens: Tokens;
}

/** A user with valid tokens. */
async function bearer(
  world: World,
  fits: (user: User) => boolean = () => true,
  ...kinds: readonly PoolKind[]
): Promise<Bearer | undefined> {
  const user = userOf(world, poolOf(world, ...kinds), (one) => one.isConfirmed && fits(one));
  const tokens = await signedIn(world, user);
  return user && tokens && { user, tokens };
}

const withToken =
  (
    more: (bearer: Bearer, world: World) => Json | undefined | Promise<Json | undefined> = () => ({}),
    fits?: (user: User) => boolean,
    ...kinds: readonly PoolKind[]
  ): Generator =>
  async (world) => {
    const found = await bearer(world, fits, ...kinds);
    const rest = found && (await more(found, world));
    return rest && { AccessToken: found.tokens.access, ...rest };
  };

/** The members by which a client names a user and proves itself. */
function ofClient(client: Client, username: string): Json {
  const SecretHash = secretHash(client, username);
  return { ClientId: client.id, Username: username, ...(SecretHash && { SecretHash }) };
}

async function forUser(
  world: World,
  fits: (user: User) => boolean,
  more: (user: User) => Json | Promise<Json> = () => ({}),
  ...kinds: readonly PoolKind[]
): Promise<Json | undefined> {
  const user = userOf(world, poolOf(world, ...kinds), fits);
  const client = clientOf(world, user?.pool, "app", "secret", "pages");
  return user && client && { ...ofClient(client, user.username), ...(await more(user)) };
}

const FLOWS = ["USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH", "USER_SRP_AUTH"] as const;

/** Where a sign-in comes from, as an application on a server says it. */
function contextData({ random }: World): Json {
  const headers = [{ headerName: "User-Agent", headerValue: `Browser/${random.below(20)}` }];
  return {
    ContextData: {
      IpAddress: `198.51.${random.below(50)}.7`,
      ServerName: "app",
      ServerPath: "/",
      HttpHeaders: headers,
    },
  };
}

/** As amazon-cognito-advanced-security-data makes it, now and then of a form that no library would. */
function encodedData({ random }: World, client: Client, username: string): string {
  const device = {
    DeviceId: random.word(8),
    UserAgent: `Browser/${random.below(20)}`,
    ClientTimezone: "+01:00",
  };
  const content = { contextData: device, username, userPoolId: client.pool.id, timestamp: "1" };
  const payload = JSON.stringify(random.chance(0.7) ? content : mutatedJson(content, random));
  const signature = createHmac("sha256", client.id).update("JS20171115").update(payload).digest("base64");
  const envelope = { payload, signature, version: "JS20171115" };
  const text = JSON.stringify(random.chance(0.8) ? envelope : mutatedJson(envelope, random));
  return Buffer.from(text).toString("base64");
}

const userContext = (world: World, client: Client, username: string): Json => ({
  UserContextData: {
    EncodedData: encodedData(world, client, username),
    ...(world.random.chance(0.5) && {
      IpAddress: world.random.pick(["203.0.113.9", "2001:db8::1", "999.1", "::"]),
    }),
  },
});

async function initiation(world: World, isAdmin: boolean): Promise<Json | undefined> {
  const user = userOf(world, poolOf(world), ({ isConfirmed }) => isConfirmed);
  const client = clientOf(world, user?.pool, "app", "secret", "pages", "rotating");
  if (user === undefined || client === undefined) return undefined;
  const { kind } = user.pool;
  const flows = [
    ...FLOWS,
    ...(kind === "custom" ? ["CUSTOM_AUTH", "CUSTOM_AUTH"] : []),
    ...(kind === "full" ? ["USER_AUTH", "USER_AUTH"] : []),
  ];
  const adminFlows = flows.map((flow) => flow.replace("USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"));
  const [first = "USER_SRP_AUTH", ...others] = isAdmin ? adminFlows : flows;
  const refresh = user.tokens.find((held) => held.client === client && held.refresh !== undefined)?.refresh;
  const canRefresh = refresh !== undefined && client.kind !== "rotating" && world.random.chance(0.15);
  const begun = canRefresh
    ? {
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: {
          REFRESH_TOKEN: refresh,
          ...(client.secrets[0] && { SECRET_HASH: client.secrets[0].value }),
        },
      }
    : beginning(world, user, client, [first, ...others]);
  return {
    ClientId: client.id,
    ...(isAdmin && { UserPoolId: user.pool.id, ...contextData(world) }),
    ...(!isAdmin && world.random.chance(0.3) && userContext(world, client, user.username)),
    ...begun,
  };
}

async function response(world: World, isAdmin: boolean): Promise<Json | undefined> {
  const opens = (open: OpenChallenge) => open.isAdmin === isAdmin;
  if (!world.challenges.some(opens)) {
    const input = await initiation(world, isAdmin);
    if (input) await world.send(isAdmin ? "AdminInitiateAuth" : "InitiateAuth", input);
  }
  const index = world.challenges.findLastIndex(opens);
  const [open] = index < 0 ? [] : world.challenges.splice(index, 1);
  return open && respondInput(world, open);
}

/** A device that the user was offered, confirmed or not. */
const device = (isConfirmed: boolean, more: (world: World) => Json = () => ({})): Generator =>
  withToken(
    ({ user }, world) => {
      const found = world.random.pickAny(user.devices.filter((one) => one.isConfirmed === isConfirmed));
      if (found === undefined) return undefined;
      const verifier = isConfirmed
        ? {}
        : { DeviceSecretVerifierConfig: softwareDevice(found.metadata).verifier, DeviceName: "laptop" };
      return { DeviceKey: found.key, ...verifier, ...more(world) };
    },
    ({ devices }) => devices.some((one) => one.isConfirmed === isConfirmed),
    "full",
  );

const forgotten = (world: World) => forUser(world, ({ isConfirmed }) => isConfirmed);

export const selfServiceInputs = {
  SignUp: async (world) => {
    const pool = poolOf(world);
    const client = clientOf(world, pool, "app", "secret", "pages");
    if (pool === undefined || client === undefined || pool.users.length >= MAX_USERS) return undefined;
    const name = `s${world.random.word(6)}`;
    const email = `${name}@example.com`;
    return {
      ...ofClient(client, pool.kind === "email" ? email : name),
      Password: PASSWORD,
      UserAttributes: attributesOf(email).slice(0, 1),
      ...(world.random.chance(0.3) && {
        ClientMetadata: { from: "fuzz" },
        ValidationData: [{ Name: "a", Value: "b" }],
      }),
    };
  },
  ConfirmSignUp: (world) =>
    forUser(
      world,
      ({ isConfirmed }) => !isConfirmed,
      async (user) => ({ ConfirmationCode: await codeTo(world, user) }),
    ),
  ResendConfirmationCode: (world) => forUser(world, ({ isConfirmed }) => !isConfirmed),
  ForgotPassword: forgotten,
  ConfirmForgotPassword: async (world) => {
    const begun = await forgotten(world);
    const client = world.pools.flatMap(({ clients }) => clients).find(({ id }) => id === begun?.ClientId);
    const user = client?.pool.users.find(({ username }) => username === begun?.Username);
    if (begun === undefined || user === undefined) return undefined;
    await world.send("ForgotPassword", begun);
    return {
      ...begun,
      ConfirmationCode: await codeTo(world, user),
      Password: `${PASSWORD}${world.random.word(2)}`,
    };
  },
  InitiateAuth: (world) => initiation(world, false),
  AdminInitiateAuth: (world) => initiation(world, true),
  RespondToAuthChallenge: (world) => response(world, false),
  AdminRespondToAuthChallenge: (world) => response(world, true),
  GetTokensFromRefreshToken: async (world) => {
    const found = await bearer(world, ({ tokens }) => tokens.some(({ refresh }) => refresh !== undefined));
    const { client, refresh } = found?.tokens ?? {};
    return client && refresh
      ? {
          RefreshToken: refresh,
          ClientId: client.id,
          ...(client.secrets[0] && { ClientSecret: client.secrets[0].value }),
        }
      : undefined;
  },
  RevokeToken: async (world) => {
    const found = await bearer(world);
    const { client, refresh } = found?.tokens ?? {};
    return client && refresh
      ? {
          Token: refresh,
          ClientId: client.id,
          ...(client.secrets[0] && { ClientSecret: client.secrets[0].value }),
        }
      : undefined;
  },
  GlobalSignOut: withToken(),
  GetUser: withToken(),
  DeleteUser: withToken(undefined, ({ pool }) => pool.users.length > 3),
  UpdateUserAttributes: withToken((_, { random }) => ({
    UserAttributes: [{ Name: random.pick(["name", "nickname"]), Value: random.word(5) }],
  })),
  DeleteUserAttributes: withToken(() => ({ UserAttributeNames: ["nickname"] })),
  GetUserAttributeVerificationCode: withToken(() => ({ AttributeName: "email" })),
  VerifyUserAttribute: withToken(async ({ user, tokens }, world) => {
    await world.send("GetUserAttributeVerificationCode", {
      AccessToken: tokens.access,
      AttributeName: "email",
    });
    return { AttributeName: "email", Code: await codeTo(world, user) };
  }),
  ChangePassword: withToken(({ user }, { random }) => ({
    PreviousPassword: user.password,
    ProposedPassword: `${PASSWORD}${random.word(3)}`,
  })),

  AssociateSoftwareToken: withToken(undefined, undefined, "full", "email"),
  VerifySoftwareToken: withToken(
    async ({ user, tokens }, world) => {
      const { body } = await world.send("AssociateSoftwareToken", { AccessToken: tokens.access });
      return (
        body.SecretCode && {
          UserCode: await totpCode(world, user, body.SecretCode),
          FriendlyDeviceName: "phone",
        }
      );
    },
    undefined,
    "full",
    "email",
  ),
  SetUserMFAPreference: withToken(({ user }, world) => preferencesOf(user, world), undefined, "full"),
  SetUserSettings: withToken(
    () => ({ MFAOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] }),
    hasPhone,
    "full",
    "plain",
  ),
  GetUserAuthFactors: withToken(),

  StartWebAuthnRegistration: withToken(undefined, undefined, "full"),
  CompleteWebAuthnRegistration: withToken(
    async ({ tokens }, world) => {
      const { body } = await world.send("StartWebAuthnRegistration", { AccessToken: tokens.access });
      const { challenge, rp } = body.CredentialCreationOptions ?? {};
      if (challenge === undefined) return undefined;
      const authenticator = createAuthenticator();
      made.set(authenticator.credentialId, authenticator);
      return { Credential: authenticator.register({ challenge, rpId: rp.id }) };
    },
    ({ passkeys }) => passkeys.length < 10,
    "full",
  ),
  ListWebAuthnCredentials: withToken(
    (_, { random }) => (random.chance(0.5) ? { MaxResults: 1 + random.below(20) } : {}),
    undefined,
    "full",
  ),
  DeleteWebAuthnCredential: withToken(
    ({ user }, { random }) => ({ CredentialId: random.pickAny(user.passkeys)?.credentialId }),
    ({ passkeys }) => passkeys.length > 0,
    "full",
  ),

  ConfirmDevice: device(false),
  GetDevice: device(true),
  UpdateDeviceStatus: device(true, ({ random }) => ({
    DeviceRememberedStatus: random.pick(["remembered", "not_remembered"]),
  })),
  ForgetDevice: device(true),
  ListDevices: withToken(undefined, undefined, "full"),

  ListUserSessions: withToken(undefined, undefined, "full"),
  RevokeUserSession: withToken(
    async ({ user, tokens }, world) => {
      // The session of the token itself cannot be revoked by it.
      await signedIn(world, user, (held) => held !== tokens);
      const { body } = await world.send("ListUserSessions", { AccessToken: tokens.access });
      const session = world.random.pickAny<{ SessionId: string }>(body.Sessions ?? []);
      return session && { SessionId: session.SessionId };
    },
    undefined,
    "full",
  ),
  UpdateAuthEventFeedback: async (world) => {
    const user = userOf(world, poolOf(world, "full"), ({ isConfirmed }) => isConfirmed);
    const client = clientOf(world, user?.pool, "app");
    if (user === undefined || client === undefined) return undefined;
    // From a new place each time, of which the user is told.
    await world.send("AdminInitiateAuth", {
      UserPoolId: user.pool.id,
      ClientId: client.id,
      ...beginning(world, user, client, ["ADMIN_USER_PASSWORD_AUTH"]),
      ...contextData(world),
    });
    const messages = await messagesTo(world, user.pool, user.username);
    const links = messages.flatMap(({ body }) => body.match(/https?:\/\/\S+/g) ?? []);
    const link = links
      .map((text) => new URL(text.replaceAll("&amp;", "&")))
      .find(({ searchParams }) => searchParams.has("feedback_token"));
    if (link === undefined) return undefined;
    const { searchParams } = link;
    return {
      UserPoolId: user.pool.id,
      Username: user.username,
      EventId: searchParams.get("event_id"),
      FeedbackToken: searchParams.get("feedback_token"),
      FeedbackValue: "Valid",
    };
  },
} satisfies Record<string, Generator>;

/** Authenticators by the credential that they offered: they belong to a user once it was taken. */
export const made = new Map<string, Authenticator>();
