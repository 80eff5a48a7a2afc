/** The operations for a forgotten password. */
import {
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { exchange, hashMember, type Listener, type SignInTarget } from "./exchange.ts";
import { beginSignIn, type Step } from "./sign-in.ts";

/** Requests a code for a new password. */
export async function forgetPassword(target: SignInTarget, tell: Listener): Promise<Step> {
  const { poolId, clientId, username } = target;
  const request = { ClientId: clientId, Username: username, ...(await hashMember(target, username)) };
  const { CodeDeliveryDetails } = await exchange(
    poolId,
    "ForgotPassword",
    request,
    (client) => client.send(new ForgotPasswordCommand(request)),
    tell,
  );
  return { kind: "code", delivery: CodeDeliveryDetails };
}

/** Sets another password by the code, and signs in with it. */
export async function confirmPassword(
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
    Password: password,
    ...(await hashMember(target, username)),
  };
  await exchange(
    poolId,
    "ConfirmForgotPassword",
    request,
    (client) => client.send(new ConfirmForgotPasswordCommand(request)),
    tell,
  );
  return beginSignIn(target, password, tell);
}
