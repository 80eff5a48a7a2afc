import type { QrCode } from "../../managed-login/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";

/**
 * The QR code that transfers a secret to an authenticator app.
 *
 * @see "Key Uri Format" of Google Authenticator, which every app reads
 */
export async function qrCodeOf(pool: UserPoolRecord, name: string, secret: string): Promise<QrCode> {
  // Few requests need it.
  const { default: qrcode } = await import("qrcode");
  const issuer = encodeURIComponent(pool.name);
  const uri = `otpauth://totp/${issuer}:${encodeURIComponent(name)}?secret=${secret}&issuer=${issuer}`;
  const { modules } = qrcode.create(uri, { errorCorrectionLevel: "M" });
  return { size: modules.size, isDark: (index) => modules.data[index] === 1 };
}
