/** Setting up an authenticator app, during a sign-in by its Session or after it by an access token. */
import {
  AssociateSoftwareTokenCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { exchange, type Listener, type SignInTarget } from "./exchange.ts";

/** What shows which user it is. */
type Proof = { readonly Session: string | undefined } | { readonly AccessToken: string | undefined };

export interface TotpSetup {
  /** The secret of the authenticator app, in base32. */
  readonly secret: string;
  readonly session: string | undefined;
}

export async function associateTotp(
  { poolId }: SignInTarget,
  proof: Proof,
  tell: Listener,
): Promise<TotpSetup> {
  const { SecretCode = "", Session } = await exchange(
    poolId,
    "AssociateSoftwareToken",
    proof,
    (client) => client.send(new AssociateSoftwareTokenCommand(proof)),
    tell,
  );
  return { secret: SecretCode, session: Session };
}

/** @returns the Session that the challenge is then answered with */
export async function verifyTotp(
  { poolId }: SignInTarget,
  proof: Proof,
  code: string,
  tell: Listener,
): Promise<string | undefined> {
  const request = { ...proof, UserCode: code };
  const answer = await exchange(
    poolId,
    "VerifySoftwareToken",
    request,
    (client) => client.send(new VerifySoftwareTokenCommand(request)),
    tell,
  );
  return answer.Session;
}

/** Has the next sign-ins of the user ask for the app. @see Developer Guide, "TOTP software token MFA" */
export async function preferTotp({ poolId }: SignInTarget, AccessToken: string | undefined, tell: Listener) {
  const request = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
  await exchange(
    poolId,
    "SetUserMFAPreference",
    request,
    (client) => client.send(new SetUserMFAPreferenceCommand(request)),
    tell,
  );
}

/** The content of the QR code for an authenticator app. @see Google Authenticator, "Key Uri Format" */
export function totpUri(secret: string, issuer: string, username: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer })}`;
}
