/**
 * Confirming a sign-up: the address for the code, and the effect of a right code.
 *
 * SignUp and ResendConfirmationCode send the code; ConfirmSignUp and the page behind a link in an e-mail take it. Leaves to
 * others: the code itself (`codes/`), the message (`messages/`).
 *
 * @see Developer Guide, "Signing up and confirming user accounts"
 */
import { AliasExistsException, NotAuthorizedException } from "../api-model/index.ts";
import {
  type AppClientRecord,
  type CodeDestination,
  SignInNameTaken,
  type UserPoolRecord,
  type UserRecord,
} from "../storage/index.ts";
import { authSessionSeconds, hidesUserExistence, requireClientAndPool } from "./app-clients/index.ts";
import { countAttemptOfUnknown, expiredCode, RefusedCode, redeemCode } from "./codes/index.ts";
import type { OperationContext } from "./operation.ts";
import { disabledUser, findUser, signInNamesOf, takeOverAliases, unknownName } from "./users/index.ts";

/** Where a code for a sign-up goes first. With both addresses it is the phone alone. */
const IN_ORDER = ["phone_number", "email"] as const;

/** The attributes that codes of sign-ups go to, the preferred one first. */
export function autoVerifiedAttributes({ settings }: UserPoolRecord): CodeDestination["attribute"][] {
  return IN_ORDER.filter((name) => settings.AutoVerifiedAttributes?.includes(name));
}

/** The address that proves a sign-up; undefined when the pool verifies none that the user has and has not verified. */
export function confirmationDestination(
  pool: UserPoolRecord,
  { attributes }: UserRecord,
): CodeDestination | undefined {
  for (const attribute of autoVerifiedAttributes(pool)) {
    const value = attributes[attribute];
    if (value !== undefined && attributes[`${attribute}_verified`] !== "true") return { attribute, value };
  }
  return undefined;
}

/** The purposes that the Sessions of SignUp and ConfirmSignUp are sealed for. Nothing else is sealed for them. */
const SIGN_UP = "sign-up";
const CONFIRMED_SIGN_UP = "factor of a confirmed sign-up";

/** What both Sessions say. */
interface SignUpSession {
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly clientId: string;
  /** Milliseconds. Distinguishes a client from a later one with the same id. */
  readonly clientCreatedAt: number;
  readonly sub: string;
}

/** The proof of a confirmed sign-up for the sign-in that follows immediately. */
interface ConfirmedSignUp extends SignUpSession {
  /** Can be used once. */
  readonly ticket: string;
  readonly factor: SignUpFactor;
}

/** What a confirmed sign-up has proved: the password that was set in it, or the address by whose code it was confirmed. */
export type SignUpFactor = "password" | "email" | "sms";

/** The factor that a code to an address proves. */
export function factorOfAddress({ attribute }: CodeDestination): "email" | "sms" {
  return attribute === "email" ? "email" : "sms";
}

/**
 * The Session of a sign-up. It shows ConfirmSignUp that its caller began the sign-up, and proves nothing by itself.
 *
 * @see API Reference, "SignUp", Session; "ConfirmSignUp", Session
 */
export function sealSignUp(
  client: AppClientRecord,
  user: UserRecord,
  context: Pick<OperationContext, "crypto" | "clock">,
): string {
  return context.crypto.tokens.seal(SIGN_UP, signUpSession(client, user, context));
}

/** Whether a text is the Session of the sign-up of a user by the client, and not too old. */
export function isSignUpSession(
  client: AppClientRecord,
  { sub }: UserRecord,
  session: string,
  context: Pick<OperationContext, "crypto" | "clock">,
): boolean {
  const opened = openSession<SignUpSession>(SIGN_UP, client, session, context);
  return opened?.sub === sub && context.clock.now() < opened.expiresAt;
}

/**
 * The Session by which a user whose sign-up was just confirmed signs in without another proof.
 *
 * @see API Reference, "ConfirmSignUp", Session; "InitiateAuth", Session
 */
export function sealConfirmedSignUp(
  client: AppClientRecord,
  user: UserRecord,
  factor: SignUpFactor,
  context: Pick<OperationContext, "crypto" | "clock" | "random">,
): string {
  const confirmed: ConfirmedSignUp = {
    ...signUpSession(client, user, context),
    ticket: context.random.uuid(),
    factor,
  };
  return context.crypto.tokens.seal(CONFIRMED_SIGN_UP, confirmed);
}

/**
 * The content of a Session of SignUp or ConfirmSignUp. It is for the caller to find out whether it is too old, and to use it up.
 *
 * @returns undefined for a text that is no such Session, or of another client
 */
export function openSignUpSession(
  client: AppClientRecord,
  session: string,
  context: Pick<OperationContext, "crypto">,
): ConfirmedSignUp | SignUpSession | undefined {
  return (
    openSession<ConfirmedSignUp>(CONFIRMED_SIGN_UP, client, session, context) ??
    openSession<SignUpSession>(SIGN_UP, client, session, context)
  );
}

function signUpSession(
  client: AppClientRecord,
  { sub }: UserRecord,
  { clock }: Pick<OperationContext, "clock">,
): SignUpSession {
  return {
    expiresAt: clock.now() + authSessionSeconds(client) * 1000,
    clientId: client.id,
    clientCreatedAt: client.createdAt,
    sub,
  };
}

function openSession<Session extends SignUpSession>(
  purpose: string,
  client: AppClientRecord,
  session: string,
  { crypto }: Pick<OperationContext, "crypto">,
): Session | undefined {
  // What is sealed for a purpose of this file has its type.
  const opened = crypto.tokens.open(purpose, session) as Session | undefined;
  const isOfClient = opened?.clientId === client.id && opened.clientCreatedAt === client.createdAt;
  return isOfClient ? opened : undefined;
}

/** Refuses a user who does not wait for confirmation. */
export function requireUnconfirmed({ status }: UserRecord): void {
  if (status === "UNCONFIRMED") return;
  throw new NotAuthorizedException(`User cannot be confirmed. Current status is ${status}`);
}

export interface Confirmation {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  /** As typed. */
  readonly username: string;
  readonly code: string;
  /** Whether an address that is an alias of another user becomes this user's. */
  readonly takesOverAliases: boolean;
}

/**
 * Confirms a user who proves by a code that they receive messages at an address. The address that the code went to is
 * verified by that, and finds the user from then on where addresses are aliases.
 *
 * @throws UserNotFoundException there is no such user, and the app client does not hide that
 * @throws NotAuthorizedException the user is disabled, or does not wait for confirmation
 * @throws LimitExceededException too many attempts in an hour
 * @throws ExpiredCodeException the user was sent no code, it was replaced, its time is over, or the address has changed
 * @throws CodeMismatchException it is another code
 * @throws AliasExistsException the address is an alias of another user; the code stays valid
 */
export async function confirmSignUpByCode(
  { pool, client, username, code, takesOverAliases }: Confirmation,
  context: OperationContext,
): Promise<{ readonly user: UserRecord; readonly sentTo: CodeDestination }> {
  const { store, clock } = context;
  const found = await findUser(store, pool, username);
  if (found === undefined) {
    if (!hidesUserExistence(client)) throw unknownName();
    await countAttemptOfUnknown(context, pool, username, "ConfirmSignUp");
    throw expiredCode();
  }
  requireConfirmable(found);

  const now = clock.now();
  const attempt = { purpose: "SignUp", action: "ConfirmSignUp", given: code, now } as const;
  const confirmed = await store
    .transaction(async (repositories) => {
      const accept = (user: UserRecord, sentTo: CodeDestination) =>
        withProvenAddress(pool, user, sentTo, now);
      return redeemCode(repositories, found, attempt, accept, async (sentTo) => {
        const user = takesOverAliases ? await repositories.users.getBySub(pool.id, found.sub) : undefined;
        if (user) await takeOverAliases(repositories, pool, accept(user, sentTo), now);
      });
    })
    .catch((error: unknown) => {
      throw asAliasExists(error);
    });
  if (confirmed instanceof RefusedCode) throw confirmed.refusal;
  if (confirmed === undefined) throw expiredCode();
  await postConfirmation({ pool, user: confirmed.user, clientId: client.id }, context);
  return confirmed;
}

/**
 * Confirms the user of a link in an e-mail, as ConfirmSignUp does. No secret of the app client is required: what is in a
 * link cannot be one.
 *
 * @throws ResourceNotFoundException there is no such client; else as {@link confirmSignUpByCode}
 */
export async function confirmByLink(
  { clientId, username, code }: { clientId: string; username: string; code: string },
  context: OperationContext,
): Promise<void> {
  const found = await requireClientAndPool(context.store, clientId);
  await confirmSignUpByCode({ ...found, username, code, takesOverAliases: false }, context);
}

function requireConfirmable(user: UserRecord): void {
  if (!user.enabled) throw disabledUser();
  requireUnconfirmed(user);
}

function withProvenAddress(
  pool: UserPoolRecord,
  user: UserRecord,
  { attribute, value }: CodeDestination,
  now: number,
): UserRecord {
  requireConfirmable(user);
  if (user.attributes[attribute] !== value) throw expiredCode();
  const attributes = { ...user.attributes, [`${attribute}_verified`]: "true" };
  return {
    ...user,
    status: "CONFIRMED",
    attributes,
    signInNames: signInNamesOf(pool, user.username, attributes),
    lastModifiedAt: now,
  };
}

/** Confirmation has its own error text for an alias that another user has. */
function asAliasExists(error: unknown): unknown {
  if (!(error instanceof SignInNameTaken)) return error;
  return new AliasExistsException(`An account with the ${error.kind} already exists.`, { cause: error });
}

/**
 * Tells the pool's PostConfirmation trigger that a user was confirmed. The user stays confirmed if it fails.
 *
 * @param clientId null where an administrator confirms
 * @throws UserLambdaValidationException it failed
 */
export async function postConfirmation(
  { pool, user, clientId }: { pool: UserPoolRecord; user: UserRecord; clientId: string | null },
  { triggers, request }: Pick<OperationContext, "triggers" | "request">,
): Promise<void> {
  await triggers.invoke("PostConfirmation_ConfirmSignUp", {
    pool,
    clientId,
    username: user.username,
    user,
    request: {},
    requestContext: request,
  });
}
