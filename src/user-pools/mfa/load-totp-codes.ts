import { lazy } from "../../lazy.ts";

/** Only some pools have users with an authenticator app. */
export const totpCodes = lazy(() => import("./totp-codes.ts"));
