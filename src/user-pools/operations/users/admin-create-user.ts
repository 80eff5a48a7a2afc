import {
  type AdminCreateUserRequest,
  type DeliveryMediumType,
  UnsupportedUserStateException,
} from "../../../api-model/index.ts";
import { generatePassword } from "../../../crypto/index.ts";
import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { invitationMedia, sendInvitation } from "../../messages/index.ts";
import type { Operation, OperationContext } from "../../operation.ts";
import {
  allowsPasswordless,
  blankPassword,
  checkPassword,
  makePassword,
  passwordPolicyOf,
  requirePasswordOrAddress,
  withPassword,
} from "../../passwords/index.ts";
import { requirePool } from "../../pools/index.ts";
import { createUser, requireUser, unknownUser, userType } from "../../users/index.ts";

/**
 * Makes a user and invites them, or with RESEND gives a user who has not signed in yet another temporary password and
 * invites them again.
 *
 * A user whose invitation cannot be delivered is made all the same.
 *
 * @throws InvalidParameterException the username or an attribute does not fit the pool's settings, or an address is missing
 * @throws InvalidPasswordException the temporary password breaks the pool's policy
 * @throws UsernameExistsException another user has the username, address or alias
 * @throws UserNotFoundException RESEND, and there is no such user
 * @throws UnsupportedUserStateException RESEND, and the user has a password of their own
 * @throws CodeDeliveryFailureException the invitation was not taken for delivery
 * @see API Reference, "AdminCreateUser"
 */
export const adminCreateUser: Operation<"AdminCreateUser"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const change = input.MessageAction === "RESEND" ? renewInvitation : inviteUser;
  const { user, password, media } = await change(pool, input, context);
  await sendInvitation(context, pool, user, password, media);
  return { User: userType(user) };
};

interface Invited {
  readonly user: UserRecord;
  /** In the clear, for the invitation alone. Undefined for a user without one. */
  readonly password: string | undefined;
  readonly media: readonly DeliveryMediumType[];
}

async function inviteUser(
  pool: UserPoolRecord,
  input: AdminCreateUserRequest,
  context: OperationContext,
): Promise<Invited> {
  const password = temporaryPassword(pool, input, context);
  let media: readonly DeliveryMediumType[] = [];
  const user = await createUser(
    {
      occasion: { kind: "AdminCreateUser" },
      pool,
      username: input.Username,
      attributes: input.UserAttributes ?? [],
      status: password === undefined ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD",
      password: password === undefined ? undefined : { text: password, temporary: true },
      takesOverAliases: input.ForceAliasCreation,
      sub: context.givenIds?.sub,
      validationData: input.ValidationData,
      accept(attributes) {
        requirePasswordOrAddress(password, attributes);
        if (input.MessageAction !== "SUPPRESS") {
          media = invitationMedia(input.DesiredDeliveryMediums, attributes);
        }
      },
    },
    context,
  );
  return { user, password, media };
}

/**
 * The password that the request gives, or a new one.
 *
 * @returns undefined if users can have no password and the request has none
 * @throws InvalidPasswordException the given one breaks the pool's policy
 * @throws InvalidParameterException it is blank, and users have passwords
 */
function temporaryPassword(
  pool: UserPoolRecord,
  { TemporaryPassword }: AdminCreateUserRequest,
  { random }: OperationContext,
): string | undefined {
  if (TemporaryPassword) {
    checkPassword(pool, TemporaryPassword, "adminCreateUser");
    return TemporaryPassword;
  }
  if (allowsPasswordless(pool)) return undefined;
  if (TemporaryPassword === "") throw blankPassword("temporaryPassword");
  return generatePassword(random, passwordPolicyOf(pool));
}

/** Attributes in a RESEND request are ignored; whether Cognito ignores them is not documented. */
async function renewInvitation(
  pool: UserPoolRecord,
  input: AdminCreateUserRequest,
  context: OperationContext,
): Promise<Invited> {
  const { store, clock, crypto, random } = context;
  const requireInvited = (user: UserRecord) => {
    if (user.status === "FORCE_CHANGE_PASSWORD") return user;
    throw new UnsupportedUserStateException(
      `Resend not possible. ${input.Username} status is not FORCE_CHANGE_PASSWORD`,
    );
  };
  const { sub, username, attributes } = requireInvited(await requireUser(store, pool, input.Username));
  const text = temporaryPassword(pool, input, context) ?? generatePassword(random, passwordPolicyOf(pool));
  const media = invitationMedia(input.DesiredDeliveryMediums, attributes);
  const now = clock.now();
  const password = await makePassword(crypto, pool, username, text, { now, temporary: true });
  const user = await store.users.update(pool.id, sub, (current) => ({
    ...withPassword(pool, requireInvited(current), password),
    lastModifiedAt: now,
  }));
  if (!user) throw unknownUser();
  return { user, password: text, media };
}
