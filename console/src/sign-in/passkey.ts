/** Passkeys of this browser: registering one for a signed-in user, and signing with it. */
import {
  type AuthenticationResultType,
  CompleteWebAuthnRegistrationCommand,
  StartWebAuthnRegistrationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { exchange, type Listener, type SignInTarget } from "./exchange.ts";

/**
 * The address of this page by which its browser allows passkeys; undefined where it does already. A site that is an IP address
 * cannot have passkeys.
 *
 * @see Web Authentication §5.1.3, step 7
 */
export function passkeyAddress({ hostname, href }: Pick<Location, "hostname" | "href">): string | undefined {
  if (hostname !== "127.0.0.1" && hostname !== "[::1]") return undefined;
  const url = new URL(href);
  url.hostname = "localhost";
  return url.href;
}

export async function registerPasskey(
  { poolId }: SignInTarget,
  { AccessToken }: AuthenticationResultType,
  tell: Listener,
): Promise<void> {
  const request = { AccessToken };
  const { CredentialCreationOptions } = await exchange(
    poolId,
    "StartWebAuthnRegistration",
    request,
    (client) => client.send(new StartWebAuthnRegistrationCommand(request)),
    tell,
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    // The same object as the browser's own type describes.
    CredentialCreationOptions as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const created = jsonOf(await navigator.credentials.create({ publicKey }));
  const completion = { AccessToken, Credential: created };
  await exchange(
    poolId,
    "CompleteWebAuthnRegistration",
    completion,
    (client) => client.send(new CompleteWebAuthnRegistrationCommand(completion)),
    tell,
  );
}

/** The answer to WEB_AUTHN by a passkey of this browser. */
export async function signWithPasskey({
  CREDENTIAL_REQUEST_OPTIONS = "{}",
}: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(CREDENTIAL_REQUEST_OPTIONS));
  const assertion = jsonOf(await navigator.credentials.get({ publicKey }));
  return { CREDENTIAL: JSON.stringify(assertion) };
}

function jsonOf(credential: Credential | null) {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("The browser gave no passkey.");
  // Plain JSON, which the API model calls a document.
  return JSON.parse(JSON.stringify(credential.toJSON()));
}
