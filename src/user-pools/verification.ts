/**
 * Changing and verifying addresses: the state of a new address, the code that is sent to it, and the effect of a right
 * code.
 *
 * Leaves to others: whether values conform to the schema (`attributes/`), the code itself (`codes/`).
 *
 * @see Developer Guide, "Configuring email or phone verification"; API Reference, "UserAttributeUpdateSettingsType"
 */
import type { AttributeType, CodeDeliveryDetailsType } from "../api-model/index.ts";
import {
  type CodeDestination,
  type CodePurpose,
  type CodeRecord,
  type Repositories,
  SignInNameTaken,
  type UserPoolRecord,
  type UserRecord,
} from "../storage/index.ts";
import { checkAttributeDeletion, checkAttributeUpdate } from "./attributes/index.ts";
import { countAttempt, expiredCode, makeCode, RefusedCode, redeemCode, sendCode } from "./codes/index.ts";
import type { OperationContext } from "./operation.ts";
import {
  applyAttributes,
  asSignInNameError,
  changeUser,
  isNamedByAttribute,
  normalizeUsername,
  removeAttributes,
  signInNamesOf,
  unknownUser,
} from "./users/index.ts";

export type Address = CodeDestination["attribute"];

const ADDRESSES: readonly Address[] = ["email", "phone_number"];

const PURPOSE_OF_ADDRESS: Readonly<Record<Address, CodePurpose>> = {
  email: "VerifyEmail",
  phone_number: "VerifyPhoneNumber",
};

/** Whose attributes change, and through which app client. */
interface AttributeUpdate {
  readonly pool: UserPoolRecord;
  /** A username, active alias or `sub`. */
  readonly username: string;
  /** Null where an administrator changes them. */
  readonly clientId: string | null;
  readonly changes: readonly AttributeType[];
}

/**
 * Sets attributes of a user; an empty value deletes the attribute. A new address is unverified unless the change
 * says that it is verified. Where the pool verifies such addresses a code goes to it; where it wants that first, the address
 * before stays in use until the code is given. An address that an administrator verifies is no longer the alias of another user.
 *
 * @returns where codes went
 * @throws UserNotFoundException there is no such user
 * @throws InvalidParameterException an attribute does not conform to the schema, or cannot change
 * @throws AliasExistsException another user has the address or alias
 * @throws LimitExceededException a user has sent themselves too many codes in an hour
 * @throws CodeDeliveryFailureException a code was not taken for delivery; the change stands
 */
export async function updateAttributes(
  { pool, username, clientId, changes }: AttributeUpdate,
  context: OperationContext,
): Promise<CodeDeliveryDetailsType[]> {
  const { store, clock } = context;
  const now = clock.now();
  let codes: readonly CodeRecord[] = [];
  const user = await changeUser(
    store,
    pool,
    username,
    (current) => {
      checkAttributeUpdate(pool, current.attributes, changes);
      const { user: changed, toVerify } = withChanges(pool, current, changes);
      codes = toVerify.map((to) => makeCode(current, PURPOSE_OF_ADDRESS[to.attribute], to, context));
      const counted = clientId === null ? changed : withCodesCounted(changed, codes.length, now);
      return { ...counted, lastModifiedAt: now };
    },
    {
      async alongside(repositories, changed) {
        await requireFreePendingNames(repositories, pool, changed);
        for (const code of codes) await repositories.codes.put(code);
      },
      takesOverAliasesAt: clientId === null ? now : undefined,
    },
  );
  const sent: CodeDeliveryDetailsType[] = [];
  for (const code of codes) {
    sent.push(await sendCode(context, pool, user, code, { occasion: "UpdateUserAttribute", clientId }));
  }
  return sent;
}

function withCodesCounted(user: UserRecord, codes: number, now: number): UserRecord {
  let counted = user;
  for (let code = 0; code < codes; code++) counted = countAttempt(counted, "SendNewAddressCode", now);
  return counted;
}

/**
 * Deletes attributes of a user. An address is deleted with its verified flag, and no longer finds the user.
 *
 * @throws UserNotFoundException there is no such user
 * @throws InvalidParameterException an attribute is not in the schema, or cannot be deleted
 */
export async function deleteAttributes(
  { pool, username, names }: { pool: UserPoolRecord; username: string; names: readonly string[] },
  { store, clock }: Pick<OperationContext, "store" | "clock">,
): Promise<void> {
  const now = clock.now();
  await changeUser(store, pool, username, (user) => {
    checkAttributeDeletion(pool, names);
    const attributes = removeAttributes(user.attributes, names);
    return {
      ...user,
      attributes,
      pendingAttributes: withoutNames(user.pendingAttributes, names),
      signInNames: signInNamesOf(pool, user.username, attributes),
      lastModifiedAt: now,
    };
  });
}

/** The user after the changes, and the addresses that codes go to. */
function withChanges(
  pool: UserPoolRecord,
  user: UserRecord,
  changes: readonly AttributeType[],
): { user: UserRecord; toVerify: CodeDestination[] } {
  const wanted = applyAttributes(user.attributes, changes);
  const changed = ADDRESSES.filter((name) => wanted[name] !== user.attributes[name]);
  const unproved = changed.filter((name) => wanted[name] && wanted[`${name}_verified`] !== "true");
  const toVerify = unproved
    .filter((name) => pool.settings.AutoVerifiedAttributes?.includes(name))
    .map((attribute) => ({ attribute, value: wanted[attribute] ?? "" }));
  const waiting = toVerify.filter(({ attribute }) => isVerifiedFirst(pool, attribute));

  const attributes = withKept(
    wanted,
    user.attributes,
    waiting.flatMap(({ attribute }) => [attribute, `${attribute}_verified`]),
  );
  const pending = {
    ...withoutNames(user.pendingAttributes, namesOf(changes)),
    ...Object.fromEntries(waiting.map(({ attribute, value }) => [attribute, value])),
  };
  return {
    user: {
      ...user,
      attributes,
      pendingAttributes: Object.keys(pending).length > 0 ? pending : undefined,
      signInNames: signInNamesOf(pool, user.username, attributes),
    },
    toVerify,
  };
}

/** Whether the pool keeps the address before until the new one is proved. */
function isVerifiedFirst({ settings }: UserPoolRecord, attribute: Address): boolean {
  const before = settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate;
  return before?.includes(attribute) ?? false;
}

/** `wanted` with some names as they were in `before`. */
function withKept(
  wanted: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  const kept: Record<string, string> = { ...wanted };
  for (const name of names) {
    const value = before[name];
    if (value === undefined) delete kept[name];
    else kept[name] = value;
  }
  return kept;
}

function withoutNames(
  values: Readonly<Record<string, string>> | undefined,
  names: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const left = Object.entries(values ?? {}).filter(([name]) => !names.includes(name));
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

function namesOf(changes: readonly AttributeType[]): string[] {
  return changes.map(({ Name }) => Name);
}

/** Where addresses name users, one that another user has is refused before a code goes to it. */
async function requireFreePendingNames(
  { users }: Pick<Repositories, "users">,
  pool: UserPoolRecord,
  { sub, pendingAttributes = {} }: UserRecord,
): Promise<void> {
  if (!isNamedByAttribute(pool)) return;
  for (const attribute of ADDRESSES) {
    const value = pendingAttributes[attribute];
    const holder =
      value === undefined ? undefined : await users.find(pool.id, normalizeUsername(pool, value));
    if (holder !== undefined && holder.sub !== sub) throw new SignInNameTaken(attribute);
  }
}

/**
 * Sends a user a code by which they prove an address.
 *
 * @throws LimitExceededException too many codes in an hour
 * @throws CodeDeliveryFailureException the message was not taken; the code stands
 */
export async function sendVerificationCode(
  pool: UserPoolRecord,
  user: UserRecord,
  to: CodeDestination,
  clientId: string,
  context: OperationContext,
): Promise<CodeDeliveryDetailsType> {
  const code = makeCode(user, PURPOSE_OF_ADDRESS[to.attribute], to, context);
  const now = context.clock.now();
  await context.store.transaction(async ({ users, codes }) => {
    const counted = await users.update(pool.id, user.sub, (current) =>
      countAttempt(current, "SendAttributeCode", now),
    );
    if (!counted) throw unknownUser();
    await codes.put(code);
  });
  return sendCode(context, pool, user, code, { occasion: "VerifyUserAttribute", clientId });
}

/**
 * Takes the code that was sent to an address: the address is the user's and verified from then on.
 *
 * @throws LimitExceededException too many attempts in an hour
 * @throws ExpiredCodeException the user was sent no code, it was used, its time is over, or the address has changed since
 * @throws CodeMismatchException it is another code
 * @throws AliasExistsException the address is an alias of another user; the code stays valid
 */
export async function verifyAddress(
  pool: UserPoolRecord,
  user: UserRecord,
  attribute: Address,
  given: string,
  { store, clock }: Pick<OperationContext, "store" | "clock">,
): Promise<void> {
  const now = clock.now();
  const attempt = { purpose: PURPOSE_OF_ADDRESS[attribute], action: "VerifyAttribute", given, now } as const;
  const verified = await store
    .transaction((repositories) =>
      redeemCode(repositories, user, attempt, (current, sentTo) =>
        withVerifiedAddress(pool, current, sentTo, now),
      ),
    )
    .catch((error: unknown) => {
      throw asSignInNameError(error);
    });
  if (verified instanceof RefusedCode) throw verified.refusal;
  if (verified === undefined) throw unknownUser();
}

function withVerifiedAddress(
  pool: UserPoolRecord,
  user: UserRecord,
  { attribute, value }: CodeDestination,
  now: number,
): UserRecord {
  const isWaiting = user.pendingAttributes?.[attribute] === value;
  if (!isWaiting && user.attributes[attribute] !== value) throw expiredCode();
  const attributes = { ...user.attributes, [attribute]: value, [`${attribute}_verified`]: "true" };
  return {
    ...user,
    attributes,
    pendingAttributes: isWaiting ? withoutNames(user.pendingAttributes, [attribute]) : user.pendingAttributes,
    signInNames: signInNamesOf(pool, user.username, attributes),
    lastModifiedAt: now,
  };
}
