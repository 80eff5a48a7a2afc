/** The operations of a sign-up. */
import {
  type AttributeType,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { exchange, hashMember, type Listener, type SignInTarget } from "./exchange.ts";
import { beginSignIn, type Step } from "./sign-in.ts";

/** Registers the user, and signs them in if no confirmation is needed. */
export async function signUp(
  target: SignInTarget,
  password: string,
  attributes: readonly AttributeType[],
  tell: Listener,
): Promise<Step> {
  const { poolId, clientId, username } = target;
  const request = {
    ClientId: clientId,
    Username: username,
    // Passwordless users have none.
    ...(password === "" ? {} : { Password: password }),
    UserAttributes: [...attributes],
    ...(await hashMember(target, username)),
  };
  const { UserConfirmed, CodeDeliveryDetails, Session } = await exchange(
    poolId,
    "SignUp",
    request,
    (client) => client.send(new SignUpCommand(request)),
    tell,
  );
  return UserConfirmed
    ? signInAfter(target, password, Session, tell)
    : { kind: "confirm", password, delivery: CodeDeliveryDetails };
}

/** Confirms the sign-up by its code, and signs the user in. */
export async function confirmSignUp(
  target: SignInTarget,
  code: string,
  password: string,
  tell: Listener,
): Promise<Step> {
  const { poolId, clientId, username } = target;
  const request = {
    ClientId: clientId,
    Username: username,
    ConfirmationCode: code,
    ...(await hashMember(target, username)),
  };
  const { Session } = await exchange(
    poolId,
    "ConfirmSignUp",
    request,
    (client) => client.send(new ConfirmSignUpCommand(request)),
    tell,
  );
  return signInAfter(target, password, Session, tell);
}

/** With the session of the sign-up, USER_AUTH needs no proof of its own. */
function signInAfter(
  target: SignInTarget,
  password: string,
  session: string | undefined,
  tell: Listener,
): Promise<Step> {
  const usesSession = session !== undefined && (password === "" || target.flow === "USER_AUTH");
  return beginSignIn(usesSession ? { ...target, flow: "USER_AUTH", session } : target, password, tell);
}

export async function resendCode(target: SignInTarget, password: string, tell: Listener): Promise<Step> {
  const { poolId, clientId, username } = target;
  const request = { ClientId: clientId, Username: username, ...(await hashMember(target, username)) };
  const { CodeDeliveryDetails } = await exchange(
    poolId,
    "ResendConfirmationCode",
    request,
    (client) => client.send(new ResendConfirmationCodeCommand(request)),
    tell,
  );
  return { kind: "confirm", password, delivery: CodeDeliveryDetails };
}
