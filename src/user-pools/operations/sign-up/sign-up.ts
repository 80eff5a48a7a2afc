import {
  type CodeDeliveryDetailsType,
  InvalidParameterException,
  NotAuthorizedException,
} from "../../../api-model/index.ts";
import type { CodeRecord, UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { flowEnabled, requireProvenClient } from "../../app-clients/index.ts";
import { makeCode, sendCode } from "../../codes/index.ts";
import { confirmationDestination, postConfirmation, sealSignUp } from "../../confirmation.ts";
import type { Operation } from "../../operation.ts";
import {
  allowsPasswordless,
  blankPassword,
  checkPassword,
  requirePasswordOrAddress,
} from "../../passwords/index.ts";
import { noteUserEvent, refuseBreachedPassword } from "../../risk/index.ts";
import { createUser } from "../../users/index.ts";

/**
 * Signs up a user, who waits for confirmation, and sends a code to an address that the pool verifies. Where the client allows
 * choice-based sign-in, the Session of the answer is for ConfirmSignUp (observed, aws/aws-sdk-js-v3#6724).
 *
 * A user whose code cannot be delivered is signed up all the same.
 *
 * @throws NotAuthorizedException the client's secret is not proved or may not write an attribute, or the pool leaves the
 *   creation of users to administrators
 * @throws InvalidPasswordException the password breaks the pool's policy
 * @throws InvalidParameterException the username or an attribute does not fit the pool's settings, or the password is missing
 * @throws UsernameExistsException another user has the username or, where addresses name users, the address
 * @throws UserLambdaValidationException the PreSignUp trigger refuses
 * @throws CodeDeliveryFailureException the code was not taken for delivery
 * @see API Reference, "SignUp"
 */
export const signUp: Operation<"SignUp"> = async (input, context) => {
  const { client, pool } = await requireProvenClient(context.store, input);
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
    throw new NotAuthorizedException("SignUp is not permitted for this user pool");
  }
  const password = acceptedPassword(pool, input.Password);

  if (password !== undefined) {
    await refuseBreachedPassword("SIGN_UP", { pool, clientId: client.id, password }, context);
  }

  let code: CodeRecord | undefined;
  const user = await createUser(
    {
      occasion: { kind: "SignUp", client },
      pool,
      username: input.Username,
      attributes: input.UserAttributes ?? [],
      status: "UNCONFIRMED",
      password: password === undefined ? undefined : { text: password, temporary: false },
      sub: context.givenIds?.sub,
      validationData: input.ValidationData,
      accept: (attributes) => requireReachable(pool, password, attributes),
      alongside(created) {
        code = codeFor(pool, created, context);
        return async ({ codes }) => {
          if (code) await codes.put(code);
        };
      },
    },
    context,
  );
  await noteUserEvent("SignUp", { pool, client, user }, context);
  const isConfirmed = user.status === "CONFIRMED";
  if (isConfirmed) await postConfirmation({ pool, user, clientId: client.id }, context);
  const details: CodeDeliveryDetailsType | undefined =
    code && (await sendCode(context, pool, user, code, { occasion: "SignUp", clientId: client.id }));
  // A confirmed user has no use for it: ConfirmSignUp is the operation that takes it.
  const Session =
    !isConfirmed && flowEnabled(client, "USER_AUTH") ? sealSignUp(client, user, context) : undefined;
  return { UserConfirmed: isConfirmed, CodeDeliveryDetails: details, UserSub: user.sub, Session };
};

/** @returns undefined if users can have no password and the request has none */
function acceptedPassword(pool: UserPoolRecord, password: string | undefined): string | undefined {
  if (password) {
    checkPassword(pool, password, "signUp");
    return password;
  }
  if (allowsPasswordless(pool)) return undefined;
  if (password === "") throw blankPassword("password");
  // In the form of the model's checks, which cannot know of the pool; not seen in Cognito.
  throw new InvalidParameterException(
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
  );
}

function requireReachable(
  pool: UserPoolRecord,
  password: string | undefined,
  attributes: Readonly<Record<string, string>>,
): void {
  if (attributes.preferred_username && pool.settings.AliasAttributes?.includes("preferred_username")) {
    throw new InvalidParameterException("Preferred username cannot be provided for unconfirmed account");
  }
  requirePasswordOrAddress(password, attributes);
}

function codeFor(
  pool: UserPoolRecord,
  user: UserRecord,
  context: Parameters<typeof makeCode>[3],
): CodeRecord | undefined {
  const destination = user.status === "CONFIRMED" ? undefined : confirmationDestination(pool, user);
  return destination && makeCode(user, "SignUp", destination, context);
}
