import { lazy } from "../../lazy.ts";

/** The library that verifies ceremonies. It brings ASN.1 and X.509 along, so it is loaded with the first passkey. */
export const ceremonies = lazy(() => import("@simplewebauthn/server"));
