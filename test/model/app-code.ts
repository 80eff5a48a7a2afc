/** Codes of authenticator apps, whose secrets are known to the engines alone. */
import { Secret, TOTP } from "otpauth";
import type { Engine } from "./engines.ts";

/**
 * The code of an app, or one of another value, as `«app code»`.
 *
 * @param now milliseconds
 * @param app the name of its secret; undefined where there is no app
 */
export function bindAppCode(engine: Engine, now: number, app: string | undefined, isRight: boolean): void {
  const secret = engine.valueFor(app ?? "«no app»");
  const hasApp = !secret.includes("-");
  const code = hasApp
    ? new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now })
    : "123456";
  const other = code.replaceAll(/\d/g, (digit) => String((Number(digit) + 1) % 10));
  engine.bindCode("«app code»", isRight ? code : other);
}
