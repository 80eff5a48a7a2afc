/** Inputs of the operations of administrators on users. */
import { type Json, PASSWORD, type Pool, poolOf, type User, userOf, type World } from "../world.ts";
import type { Generator } from "./generator.ts";

export const MAX_USERS = 12;

export const named = (user: User | undefined): Json | undefined =>
  user && { UserPoolId: user.pool.id, Username: user.username };

/** Administrators create users with a number, others have none. */
export const hasPhone = ({ username, email }: User) => username.startsWith("u") || email.startsWith("u");

const anyUser = (world: World, fits?: (user: User) => boolean, ...kinds: readonly Pool["kind"][]) =>
  userOf(world, poolOf(world, ...kinds), fits);

const ofUser =
  (fits?: (user: User) => boolean, ...kinds: readonly Pool["kind"][]): Generator =>
  (world) =>
    named(anyUser(world, fits, ...kinds));

export const attributesOf = (email: string) => [
  { Name: "email", Value: email },
  { Name: "email_verified", Value: "true" },
];

export function userCreation(pool: Pool, name: string): Json {
  const email = `${name}@example.com`;
  return {
    UserPoolId: pool.id,
    Username: pool.kind === "email" ? email : name,
    UserAttributes: [
      ...attributesOf(email),
      { Name: "phone_number", Value: "+15555550100" },
      { Name: "phone_number_verified", Value: "true" },
    ],
    TemporaryPassword: PASSWORD,
    MessageAction: "SUPPRESS",
  };
}

/** Factors that a user has already. */
const factors = ({ totp }: User): Json => ({
  EmailMfaSettings: { Enabled: true, PreferredMfa: totp === undefined },
  ...(totp !== undefined && { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }),
});
export const preferencesOf = (user: User, { random }: World): Json =>
  random.pick([
    factors(user),
    { SMSMfaSettings: { Enabled: true } },
    {
      EmailMfaSettings: { Enabled: false },
      SMSMfaSettings: { Enabled: false },
      SoftwareTokenMfaSettings: { Enabled: false },
    },
  ]);

const FILTERS = (user: User) => [
  `username = "${user.username}"`,
  `email ^= "${user.email.slice(0, 3)}"`,
  'status = "Enabled"',
  'cognito:user_status = "CONFIRMED"',
  `sub ^= "0"`,
];

/** A device that a user has confirmed. */
function device(world: World): { user: User; key: string } | undefined {
  const user = anyUser(world, ({ devices }) => devices.some(({ isConfirmed }) => isConfirmed), "full");
  const key = world.random.pickAny(user?.devices.filter(({ isConfirmed }) => isConfirmed) ?? [])?.key;
  return user && key ? { user, key } : undefined;
}

const ofDevice =
  (more: (world: World) => Json = () => ({})): Generator =>
  (world) => {
    const found = device(world);
    return found && { ...named(found.user), DeviceKey: found.key, ...more(world) };
  };

export const userInputs = {
  AdminCreateUser: (world) => {
    const pool = poolOf(world);
    if (pool === undefined || pool.users.length >= MAX_USERS) return undefined;
    const creation = userCreation(pool, `u${world.random.word(6)}`);
    // With a message to the user half of the time.
    const { MessageAction: _, ...withMessage } = creation;
    return world.random.chance(0.5) ? creation : { ...withMessage, DesiredDeliveryMediums: ["EMAIL"] };
  },
  AdminGetUser: ofUser(),
  ListUsers: (world) => {
    const user = anyUser(world);
    return (
      user && {
        UserPoolId: user.pool.id,
        Limit: 1 + world.random.below(60),
        ...(world.random.chance(0.7) && { Filter: world.random.pickAny(FILTERS(user)) }),
      }
    );
  },
  AdminConfirmSignUp: ofUser(({ isConfirmed }) => !isConfirmed),
  AdminDeleteUser: (world) => {
    const pool = poolOf(world);
    return (pool?.users.length ?? 0) < 4 ? undefined : named(userOf(world, pool));
  },
  AdminDisableUser: async (world) => {
    const user = anyUser(world);
    return named(user);
  },
  AdminEnableUser: ofUser(),
  AdminSetUserPassword: async (world) => {
    const target = named(anyUser(world));
    return target && { ...target, Password: `${PASSWORD}${world.random.word(3)}`, Permanent: true };
  },
  AdminResetUserPassword: ofUser(({ isConfirmed }) => isConfirmed, "plain", "full"),
  AdminUpdateUserAttributes: (world) => {
    const target = named(anyUser(world));
    return (
      target && {
        ...target,
        UserAttributes: [
          { Name: world.random.pick(["name", "nickname", "locale"]), Value: world.random.word(6) },
        ],
      }
    );
  },
  AdminDeleteUserAttributes: async (world) => {
    const target = named(anyUser(world));
    return target && { ...target, UserAttributeNames: ["nickname"] };
  },
  AdminUserGlobalSignOut: ofUser(),
  AdminAddUserToGroup: (world) => {
    const pool = world.random.pickAny(
      world.pools.filter(({ groups, users }) => groups.size > 0 && users.length > 0),
    );
    return pool && { ...named(userOf(world, pool)), GroupName: world.random.pickAny([...pool.groups]) };
  },
  AdminRemoveUserFromGroup: (world) => {
    const user = world.random.pickAny(
      world.pools.flatMap(({ users }) => users).filter(({ groups }) => groups.size > 0),
    );
    return user && { ...named(user), GroupName: world.random.pickAny([...user.groups]) };
  },
  AdminListGroupsForUser: ofUser(),
  AdminSetUserMFAPreference: (world) => {
    const user = anyUser(world, undefined, "full");
    return user && { ...named(user), ...preferencesOf(user, world) };
  },
  AdminSetUserSettings: (world) => {
    const target = named(anyUser(world, hasPhone, "full", "plain"));
    return target && { ...target, MFAOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] };
  },
  AdminDeleteSoftwareToken: ofUser(({ totp }) => totp !== undefined),
  AdminGetUserAuthFactors: ofUser(),
  AdminLinkProviderForUser: (world) => {
    const pool = world.random.pickAny(
      world.pools.filter(({ providers, users }) => providers.size > 0 && users.length > 0),
    );
    const user = userOf(world, pool, ({ links }) => links.length < 5);
    if (pool === undefined || user === undefined) return undefined;
    return {
      UserPoolId: pool.id,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: user.username },
      SourceUser: {
        ProviderName: world.random.pickAny([...pool.providers]),
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: world.random.word(8),
      },
    };
  },
  AdminDisableProviderForUser: (world) => {
    const user = world.random.pickAny(
      world.pools.flatMap(({ users }) => users).filter(({ links }) => links.length > 0),
    );
    const [link] = user?.links ?? [];
    return (
      user && {
        UserPoolId: user.pool.id,
        User: {
          ProviderName: link?.provider,
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: link?.subject,
        },
      }
    );
  },
  AdminListDevices: ofUser(undefined, "full"),
  AdminGetDevice: ofDevice(),
  AdminUpdateDeviceStatus: ofDevice(({ random }) => ({
    DeviceRememberedStatus: random.pick(["remembered", "not_remembered"]),
  })),
  AdminForgetDevice: ofDevice(),
  AdminListUserSessions: ofUser(undefined, "full"),
  AdminRevokeUserSession: async (world) => {
    const user = anyUser(world, ({ tokens }) => tokens.length > 0, "full");
    if (user === undefined) return undefined;
    const { body } = await world.send("AdminListUserSessions", named(user) ?? {});
    const session = body.Sessions?.[0]?.SessionId;
    return session && { ...named(user), SessionId: session };
  },
  AdminListUserAuthEvents: ofUser(undefined, "full"),
  AdminUpdateAuthEventFeedback: async (world) => {
    const user = anyUser(world, undefined, "full");
    if (user === undefined) return undefined;
    const { body } = await world.send("AdminListUserAuthEvents", { ...named(user), MaxResults: 5 });
    const event = world.random.pickAny<{ EventId: string }>(body.AuthEvents ?? []);
    return (
      event && {
        ...named(user),
        EventId: event.EventId,
        FeedbackValue: world.random.pick(["Valid", "Invalid"]),
      }
    );
  },
} satisfies Record<string, Generator>;
