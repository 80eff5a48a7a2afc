import { importPKCS8, SignJWT } from "jose";
import { ProviderRefusal } from "./refusal.ts";

const LIFE_SECONDS = 5 * 60;
const AUDIENCE = "https://appleid.apple.com";

/** The client secret of Sign in with Apple: a token that the developer's key signs. @see Apple, "Creating a client secret" */
export async function appleClientSecret(
  { client_id = "", team_id = "", key_id = "", private_key = "" }: Readonly<Record<string, string>>,
  now: number,
): Promise<string> {
  const body = private_key.replace(/-----[A-Z ]+-----|\s/g, "");
  try {
    const key = await importPKCS8(`-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`, "ES256");
    const issuedAt = Math.floor(now / 1000);
    return await new SignJWT()
      .setProtectedHeader({ alg: "ES256", kid: key_id })
      .setIssuer(team_id)
      .setSubject(client_id)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFE_SECONDS)
      .sign(key);
  } catch (error) {
    throw new ProviderRefusal("SignInWithApple Error - the private key of the provider cannot be used", {
      cause: error,
    });
  }
}
