/**
 * Creates users of another directory when they first sign in or forget their password. The pool's UserMigration trigger gives
 * their attributes.
 *
 * @see Developer Guide, "Migrate user Lambda trigger"
 */
import {
  type DeliveryMediumType,
  InvalidLambdaResponseException,
  InvalidParameterException,
  ServiceException,
  UnexpectedLambdaException,
  UserLambdaValidationException,
  UserNotFoundException,
} from "../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord, UserRecord } from "../storage/index.ts";
import type { Environment } from "./environment.ts";
import { invitationMedia, type Messaging, sendInvitation } from "./messages/index.ts";
import { type CreationContext, createUser } from "./users/index.ts";

export interface Migration {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  /** As typed. */
  readonly username: string;
  /** Undefined if the user has forgotten the password. */
  readonly password: string | undefined;
}

type MigrationContext = CreationContext & Messaging & Pick<Environment, "store" | "log">;

/** The function's answer, whose types have been checked. */
interface MigratedUser {
  readonly userAttributes?: Readonly<Record<string, string>> | null;
  readonly finalUserStatus?: string | null;
  readonly messageAction?: string | null;
  readonly desiredDeliveryMediums?: readonly DeliveryMediumType[] | null;
  readonly forceAliasCreation?: boolean | null;
  readonly enableSMSMFA?: boolean | null;
}

/**
 * Invokes the pool's function for a user who is not in the pool, and creates the user, to which the PreSignUp trigger may object.
 * The password is not checked against the pool's policy.
 *
 * @returns undefined if there is no function, or it returns no user; its errors are hidden from the app
 * @throws UserNotFoundException the user that it gives cannot be created
 */
export async function migrateUser(
  migration: Migration,
  context: MigrationContext,
): Promise<UserRecord | undefined> {
  const { pool, client, username, password } = migration;
  const given = await askForUser(migration, context);
  if (!given?.userAttributes) return undefined;
  const { finalUserStatus, forceAliasCreation, enableSMSMFA } = given;
  // AWS's own sample returns the username among the attributes, though it is no attribute.
  const { username: _, ...userAttributes } = given.userAttributes;
  try {
    if (enableSMSMFA && !userAttributes.phone_number)
      throw new InvalidParameterException("enableSMSMFA needs a phone_number.");
    const user = await createUser(
      {
        occasion: { kind: "UserMigration", client },
        pool,
        username,
        attributes: Object.entries(userAttributes).map(([Name, Value]) => ({ Name, Value })),
        status: finalUserStatus === "CONFIRMED" ? "CONFIRMED" : "RESET_REQUIRED",
        password: password === undefined ? undefined : { text: password, temporary: false },
        takesOverAliases: forceAliasCreation ?? false,
        validationData:
          context.request.validationData &&
          Object.entries(context.request.validationData).map(([Name, Value]) => ({ Name, Value })),
      },
      context,
    );
    await welcome(pool, user, given, password, context);
    return enableSMSMFA ? ((await withSmsMfa(pool, user, context)) ?? user) : user;
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    throw new UserNotFoundException(`Exception migrating user in app client ${client.id}`, { cause: error });
  }
}

async function askForUser(
  { pool, client, username, password }: Migration,
  { triggers, request, log }: MigrationContext,
): Promise<MigratedUser | undefined> {
  const event = { pool, clientId: client.id, username, user: undefined, requestContext: request };
  try {
    return (await (password === undefined
      ? triggers.invoke("UserMigration_ForgotPassword", { ...event, request: { validationData: undefined } })
      : triggers.invoke("UserMigration_Authentication", {
          ...event,
          request: { password, validationData: request.validationData },
        }))) as MigratedUser | undefined;
  } catch (error) {
    const isOfFunction =
      error instanceof UserLambdaValidationException ||
      error instanceof UnexpectedLambdaException ||
      error instanceof InvalidLambdaResponseException;
    if (!isOfFunction) throw error;
    log.warn({ poolId: pool.id, clientId: client.id, reason: error.message }, "A user was not migrated");
    return undefined;
  }
}

/** Sends the pool's invitation, unless the function suppresses it. A failed delivery does not fail the migration. */
async function welcome(
  pool: UserPoolRecord,
  user: UserRecord,
  { messageAction, desiredDeliveryMediums }: MigratedUser,
  password: string | undefined,
  context: MigrationContext,
): Promise<void> {
  if (messageAction === "SUPPRESS") return;
  try {
    const media = invitationMedia(desiredDeliveryMediums ?? undefined, user.attributes);
    await sendInvitation(context, pool, user, password, media);
  } catch (error) {
    context.log.warn(
      { err: error, poolId: pool.id, sub: user.sub },
      "The invitation of a migrated user was not sent",
    );
  }
}

async function withSmsMfa(
  pool: UserPoolRecord,
  { sub }: UserRecord,
  { store }: MigrationContext,
): Promise<UserRecord | undefined> {
  if ((pool.settings.MfaConfiguration ?? "OFF") === "OFF") return undefined;
  return store.users.update(pool.id, sub, (user) => ({
    ...user,
    mfa: { enabled: ["SMS_MFA"], preferred: "SMS_MFA" },
  }));
}
