/** What a success changes in what a fuzz knows of the server. */
import type { OperationName } from "../../src/api-model/index.ts";
import { made } from "./inputs/self-service.ts";
import { isHostileText } from "./mutate.ts";
import {
  type Body,
  type Client,
  type ClientKind,
  findClient,
  findTokens,
  findUser,
  type Json,
  newPool,
  newUser,
  type OpenChallenge,
  PASSWORD,
  type Pool,
  type PoolKind,
  type User,
  type World,
} from "./world.ts";

// biome-ignore lint/suspicious/noExplicitAny: inputs are those of the operation's generator, with faults that it accepted
type Input = any;

interface Success {
  readonly input: Input;
  readonly body: Body;
  readonly world: World;
  /** The pool, client and user that the input names, where they are known. */
  readonly pool: Pool | undefined;
  readonly client: Client | undefined;
  readonly user: User | undefined;
}

type Effect = (success: Success) => void;

const MAX_OPEN_CHALLENGES = 12;

const signIn =
  (isAdmin: boolean): Effect =>
  ({ input, body, world, client }) => {
    const parameters = input.AuthParameters ?? input.ChallengeResponses ?? {};
    const user =
      findUser(client?.pool, parameters.USERNAME) ??
      client?.pool.users.find(({ tokens }) =>
        tokens.some(({ refresh }) => refresh === parameters.REFRESH_TOKEN),
      );
    if (client === undefined || user === undefined) return;
    if (input.ChallengeName === "NEW_PASSWORD_REQUIRED") user.password = parameters.NEW_PASSWORD;
    if (body.ChallengeName !== undefined) {
      const open: OpenChallenge = {
        client,
        user,
        name: body.ChallengeName,
        session: body.Session,
        parameters: body.ChallengeParameters ?? {},
        isAdmin,
        device: user.devices.find(({ key }) => key === parameters.DEVICE_KEY),
      };
      world.challenges.push(open);
      if (world.challenges.length > MAX_OPEN_CHALLENGES) world.challenges.shift();
      return;
    }
    keepTokens(user, client, body.AuthenticationResult, world);
  };

function keepTokens(user: User, client: Client, result: Body, world: World): void {
  if (result?.AccessToken === undefined) return;
  user.isConfirmed = true;
  user.tokens.unshift({
    client,
    access: result.AccessToken,
    id: result.IdToken,
    refresh: result.RefreshToken,
    expiresAt: world.now() + result.ExpiresIn * 1000,
  });
  user.tokens.length = Math.min(user.tokens.length, 6);
  const metadata = result.NewDeviceMetadata;
  if (metadata?.DeviceKey) user.devices.push({ key: metadata.DeviceKey, metadata, isConfirmed: false });
}

const setPassword =
  (of: (input: Input) => string): Effect =>
  ({ input, user }) => {
    if (user) user.password = of(input);
  };
const setTotp =
  (totp: string | undefined): Effect =>
  ({ user }) => {
    if (user) user.totp = totp;
  };
const dropTokens: Effect = ({ user }) => {
  if (user) user.tokens = [];
};
const dropUser: Effect = ({ user }) => {
  if (user === undefined) return;
  user.pool.users.splice(user.pool.users.indexOf(user), 1);
  user.pool.deleted.push(user.username);
};
const dropDevice: Effect = ({ input, user }) => {
  const index = user?.devices.findIndex(({ key }) => key === input.DeviceKey) ?? -1;
  if (index >= 0) user?.devices.splice(index, 1);
};
const dropped =
  (things: (pool: Pool) => { delete(key: string): unknown }, key: (input: Input) => string): Effect =>
  ({ input, pool }) => {
    if (pool === undefined) return;
    things(pool).delete(key(input));
    pool.deleted.push(key(input));
  };
const added =
  (things: (pool: Pool) => Set<string>, key: (input: Input) => string): Effect =>
  ({ input, pool }) =>
    void (pool && things(pool).add(key(input)));

export const effects: Readonly<Partial<Record<OperationName, Effect>>> = {
  CreateUserPool: ({ input, body, world }) => {
    const kind = String(input.PoolName).split("-")[0] as PoolKind;
    const known = ["plain", "full", "email", "custom"].includes(kind) ? kind : "spare";
    world.pools.push(newPool(body.UserPool.Id, known));
  },
  DeleteUserPool: ({ pool, world }) => {
    if (pool === undefined) return;
    world.pools.splice(world.pools.indexOf(pool), 1);
    world.deletedPools.push(pool.id);
  },
  AddCustomAttributes: ({ input, pool }) => {
    for (const attribute of input.CustomAttributes) pool?.customAttributes.add(attribute?.Name);
  },
  CreateUserPoolReplica: added(
    ({ replicas }) => replicas,
    ({ RegionName }) => RegionName,
  ),
  DeleteUserPoolReplica: dropped(
    ({ replicas }) => replicas,
    ({ RegionName }) => RegionName,
  ),
  CreateUserPoolClient: ({ input, body, pool }) => {
    if (pool === undefined) return;
    const { ClientId, ClientSecret } = body.UserPoolClient;
    const known: readonly string[] = ["app", "secret", "machine", "rotating", "pages"];
    const kind = (known.includes(input.ClientName) ? input.ClientName : "app") as ClientKind;
    pool.clients.push({ id: ClientId, pool, kind, secrets: ClientSecret ? [{ value: ClientSecret }] : [] });
  },
  DeleteUserPoolClient: ({ pool, client }) => {
    if (client?.pool !== pool || client === undefined) return;
    client.pool.clients.splice(client.pool.clients.indexOf(client), 1);
    client.pool.deleted.push(client.id);
    for (const [id, { clientId }] of client.pool.terms)
      if (clientId === client.id) client.pool.terms.delete(id);
    for (const [id, clientId] of client.pool.brandings)
      if (clientId === client.id) client.pool.brandings.delete(id);
  },
  AddUserPoolClientSecret: ({ body, client }) => {
    const { ClientSecretId, ClientSecretValue } = body.ClientSecretDescriptor;
    client?.secrets.push({ id: ClientSecretId, value: ClientSecretValue });
  },
  DeleteUserPoolClientSecret: ({ input, client }) => {
    const index = client?.secrets.findIndex(({ id }) => id === input.ClientSecretId) ?? -1;
    if (index >= 0) client?.secrets.splice(index, 1);
  },
  CreateGroup: added(
    ({ groups }) => groups,
    ({ GroupName }) => GroupName,
  ),
  DeleteGroup: (success) => {
    dropped(
      ({ groups }) => groups,
      ({ GroupName }) => GroupName,
    )(success);
    for (const { groups } of success.pool?.users ?? []) groups.delete(success.input.GroupName);
  },
  AdminAddUserToGroup: ({ input, user }) => void user?.groups.add(input.GroupName),
  AdminRemoveUserFromGroup: ({ input, user }) => void user?.groups.delete(input.GroupName),
  CreateResourceServer: added(
    ({ resourceServers }) => resourceServers,
    ({ Identifier }) => Identifier,
  ),
  DeleteResourceServer: dropped(
    ({ resourceServers }) => resourceServers,
    ({ Identifier }) => Identifier,
  ),
  CreateIdentityProvider: added(
    ({ providers }) => providers,
    ({ ProviderName }) => ProviderName,
  ),
  DeleteIdentityProvider: dropped(
    ({ providers }) => providers,
    ({ ProviderName }) => ProviderName,
  ),
  CreateUserPoolDomain: added(
    ({ domains }) => domains,
    ({ Domain }) => Domain,
  ),
  DeleteUserPoolDomain: dropped(
    ({ domains }) => domains,
    ({ Domain }) => Domain,
  ),
  CreateManagedLoginBranding: ({ input, body, pool }) =>
    void pool?.brandings.set(body.ManagedLoginBranding.ManagedLoginBrandingId, input.ClientId),
  DeleteManagedLoginBranding: dropped(
    ({ brandings }) => brandings,
    ({ ManagedLoginBrandingId }) => ManagedLoginBrandingId,
  ),
  CreateTerms: ({ body, pool }) => {
    const { TermsId, ClientId, TermsName } = body.Terms;
    pool?.terms.set(TermsId, { clientId: ClientId, name: TermsName });
  },
  UpdateTerms: ({ body, pool }) => {
    const { TermsId, ClientId, TermsName } = body.Terms;
    pool?.terms.set(TermsId, { clientId: ClientId, name: TermsName });
  },
  DeleteTerms: dropped(
    ({ terms }) => terms,
    ({ TermsId }) => TermsId,
  ),
  CreateUserImportJob: ({ body, pool }) =>
    void pool?.jobs.set(body.UserImportJob.JobId, body.UserImportJob.PreSignedUrl),

  AdminCreateUser: ({ input, body, pool }) => {
    if (pool === undefined || input.MessageAction === "RESEND") return;
    const { Username, Attributes } = body.User;
    const email = Attributes.find((attribute: Body) => attribute?.Name === "email")?.Value;
    pool.users.push(
      newUser(pool, Username, { password: input.TemporaryPassword ?? PASSWORD, ...(email && { email }) }),
    );
  },
  SignUp: ({ input, body, client }) => {
    if (client === undefined) return;
    const { pool } = client;
    const username = pool.kind === "email" ? body.UserSub : input.Username;
    const email = (input.UserAttributes ?? []).find((attribute: Body) => attribute?.Name === "email")?.Value;
    pool.users.push(
      newUser(pool, username, {
        password: input.Password,
        isConfirmed: body.UserConfirmed,
        ...(email && { email }),
      }),
    );
  },
  ConfirmSignUp: ({ user }) => {
    if (user) user.isConfirmed = true;
  },
  AdminConfirmSignUp: ({ user }) => {
    if (user) user.isConfirmed = true;
  },
  AdminDeleteUser: dropUser,
  DeleteUser: dropUser,
  AdminSetUserPassword: setPassword(({ Password }) => Password),
  ChangePassword: setPassword(({ ProposedPassword }) => ProposedPassword),
  ConfirmForgotPassword: setPassword(({ Password }) => Password),
  AdminUserGlobalSignOut: dropTokens,
  GlobalSignOut: dropTokens,
  AdminDisableUser: dropTokens,
  AdminResetUserPassword: dropTokens,
  RevokeToken: ({ input, world }) => {
    for (const user of world.pools.flatMap(({ users }) => users)) {
      user.tokens = user.tokens.filter(({ refresh }) => refresh !== input.Token);
    }
  },
  RevokeUserSession: ({ input, user }) => {
    if (user) user.tokens = user.tokens.filter(({ access }) => access === input.AccessToken);
  },
  AdminRevokeUserSession: dropTokens,
  GetTokensFromRefreshToken: ({ input, body, world }) => {
    for (const user of world.pools.flatMap(({ users }) => users)) {
      const held = user.tokens.find(({ refresh }) => refresh === input.RefreshToken);
      if (held === undefined) continue;
      held.access = body.AuthenticationResult.AccessToken;
      held.refresh = body.AuthenticationResult.RefreshToken ?? held.refresh;
    }
  },
  InitiateAuth: signIn(false),
  RespondToAuthChallenge: signIn(false),
  AdminInitiateAuth: signIn(true),
  AdminRespondToAuthChallenge: signIn(true),
  AssociateSoftwareToken: ({ body, user }) => {
    if (user) user.pendingTotp = body.SecretCode;
  },
  VerifySoftwareToken: ({ user }) => {
    if (user) user.totp = user.pendingTotp;
  },
  AdminDeleteSoftwareToken: setTotp(undefined),
  CompleteWebAuthnRegistration: ({ input, user }) => {
    const authenticator = made.get(input.Credential.id);
    if (authenticator) user?.passkeys.push(authenticator);
  },
  DeleteWebAuthnCredential: ({ input, user }) => {
    const index = user?.passkeys.findIndex(({ credentialId }) => credentialId === input.CredentialId) ?? -1;
    if (index >= 0) user?.passkeys.splice(index, 1);
  },
  ConfirmDevice: ({ input, user }) => {
    const device = user?.devices.find(({ key }) => key === input.DeviceKey);
    if (device) device.isConfirmed = true;
  },
  ForgetDevice: dropDevice,
  AdminForgetDevice: dropDevice,
  AdminLinkProviderForUser: ({ input, pool }) => {
    const { ProviderName, ProviderAttributeValue } = input.SourceUser;
    findUser(pool, input.DestinationUser.ProviderAttributeValue)?.links.push({
      provider: ProviderName,
      subject: ProviderAttributeValue,
    });
  },
  AdminDisableProviderForUser: ({ input, pool }) => {
    const { ProviderName, ProviderAttributeValue } = input.User;
    for (const { links } of pool?.users ?? []) {
      const index = links.findIndex(
        (link) => link.provider === ProviderName && link.subject === ProviderAttributeValue,
      );
      if (index >= 0) links.splice(index, 1);
    }
  },
};

export function learn(operation: OperationName, input: Json, body: Body, world: World): void {
  const client = findClient(world, input.ClientId);
  const pool =
    input.UserPoolId === undefined ? client?.pool : world.pools.find(({ id }) => id === input.UserPoolId);
  const user = findTokens(world, input.AccessToken)?.user ?? findUser(pool, input.Username);
  effects[operation]?.({ input, body, world, pool, client, user });
}

const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  ...[
    "AccessToken",
    "IdToken",
    "RefreshToken",
    "Session",
    "ClientSecret",
    "ClientSecretValue",
    "SecretCode",
    "Password",
    "TemporaryPassword",
  ],
  ...[
    "PASSWORD",
    "NEW_PASSWORD",
    "SECRET_HASH",
    "SECRET_BLOCK",
    "PreviousPassword",
    "ProposedPassword",
    "FeedbackToken",
    "client_secret",
  ],
]);
const MIN_SECRET_LENGTH = 10;

/** Values of an input or an answer that no log may hold. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === "string" &&
    SECRET_MEMBERS.has(name) &&
    member.length >= MIN_SECRET_LENGTH &&
    !isHostileText(member) &&
    !/^(.)\1*$/.test(member)
      ? [member]
      : secretsIn(member),
  );
}
