/**
 * Moving a user in from another directory at the moment when they sign in or forget their password: the pool's UserMigration
 * trigger knows them, the pool does not yet.
 *
 * @see Developer Guide, "Migrate user Lambda trigger"
 */
import { type DeliveryMediumType, ServiceException, UserNotFoundException } from "../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord, UserRecord } from "../storage/index.ts";
import { invitationMedia, sendInvitation } from "./messages/index.ts";
import type { OperationContext } from "./operation.ts";
import { createUser } from "./users/index.ts";

export interface Migration {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  /** As typed. */
  readonly username: string;
  /** As typed; undefined for a forgotten one. */
  readonly password: string | undefined;
}

type MigrationContext = Omit<OperationContext, "givenIds">;

/**
 * Asks the trigger for a user who is not in the pool, and creates them. The password counts as the trigger took it, whatever
 * the pool's policy.
 *
 * @returns undefined where the pool has no such trigger, or it does not know the user; what it says of why stays hidden
 * @throws UserNotFoundException the user that it gives cannot be created
 */
export async function migrateUser(
  { pool, client, username, password }: Migration,
  context: MigrationContext,
): Promise<UserRecord | undefined> {
  const source = password === undefined ? "UserMigration_ForgotPassword" : "UserMigration_Authentication";
  if (!context.triggers.has(pool, source)) return undefined;
  const response = await context.triggers
    .invoke(source, {
      pool,
      clientId: client.id,
      username,
      user: undefined,
      request: {
        ...(password !== undefined && { password }),
        validationData: context.request.clientMetadata,
      },
      requestContext: context.request,
    })
    .catch((error: unknown) => {
      if (!(error instanceof ServiceException)) throw error;
      context.log.info({ poolId: pool.id, reason: error.message }, "A user was not migrated");
      return undefined;
    });
  const attributes = textsOf(response?.userAttributes);
  if (response === undefined || attributes === undefined) return undefined;
  try {
    return await createMigrated({ pool, client, username, password }, response, attributes, context);
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    throw new UserNotFoundException(`Exception migrating user in app client ${client.id}`, { cause: error });
  }
}

async function createMigrated(
  { pool, username, password }: Migration,
  response: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, string>>,
  context: MigrationContext,
): Promise<UserRecord> {
  const { finalUserStatus, messageAction, desiredDeliveryMediums, forceAliasCreation, enableSMSMFA } =
    response;
  // Functions give the name that was typed back among the attributes, though it is none.
  const { username: _, ...others } = attributes;
  let media: readonly DeliveryMediumType[] = [];
  const user = await createUser(
    {
      occasion: { kind: "UserMigration" },
      pool,
      username,
      attributes: Object.entries(others).map(([Name, Value]) => ({ Name, Value })),
      status: finalUserStatus === "CONFIRMED" ? "CONFIRMED" : "RESET_REQUIRED",
      password: password === undefined ? undefined : { text: password, temporary: false },
      takesOverAliases: forceAliasCreation === true,
      accept(given) {
        if (messageAction !== "SUPPRESS") media = invitationMedia(mediaOf(desiredDeliveryMediums), given);
      },
    },
    context,
  );
  await sendInvitation(context, pool, user, undefined, media).catch((error: unknown) => {
    // The user is there, and signs in.
    if (!(error instanceof ServiceException)) throw error;
  });
  if (enableSMSMFA !== true || !user.attributes.phone_number) return user;
  const withSms = await context.store.users.update(pool.id, user.sub, (current) => ({
    ...current,
    mfa: { enabled: ["SMS_MFA"], preferred: "SMS_MFA" },
  }));
  return withSms ?? user;
}

function textsOf(given: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function mediaOf(given: unknown): DeliveryMediumType[] | undefined {
  if (!Array.isArray(given)) return undefined;
  return given.filter((medium): medium is DeliveryMediumType => medium === "EMAIL" || medium === "SMS");
}
