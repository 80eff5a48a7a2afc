/** Setting up an authenticator app during a sign-in, by its Session. */
import {
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { exchange, type Listener, type SignInTarget } from "./exchange.ts";
import type { Challenge } from "./sign-in.ts";

export interface TotpSetup {
  /** The secret of the authenticator app, in base32. */
  readonly secret: string;
  readonly session: string | undefined;
}

export async function associateTotp(
  { poolId }: SignInTarget,
  { session }: Challenge,
  tell: Listener,
): Promise<TotpSetup> {
  const request = { Session: session };
  const { SecretCode = "", Session } = await exchange(
    poolId,
    "AssociateSoftwareToken",
    request,
    (client) => client.send(new AssociateSoftwareTokenCommand(request)),
    tell,
  );
  return { secret: SecretCode, session: Session };
}

/** @returns the Session that the challenge is then answered with */
export async function verifyTotp(
  { poolId }: SignInTarget,
  { session }: TotpSetup,
  code: string,
  tell: Listener,
): Promise<string | undefined> {
  const request = { Session: session, UserCode: code };
  const answer = await exchange(
    poolId,
    "VerifySoftwareToken",
    request,
    (client) => client.send(new VerifySoftwareTokenCommand(request)),
    tell,
  );
  return answer.Session;
}

/** The content of the QR code for an authenticator app. @see Google Authenticator, "Key Uri Format" */
export function totpUri(secret: string, issuer: string, username: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer })}`;
}
