/**
 * Passkeys of users (WebAuthn).
 */
export { hasPasskey } from "./has-passkey.ts";
