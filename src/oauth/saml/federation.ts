import { lazy } from "../../lazy.ts";

/** SAML, which few pools have. */
export const samlFederation = lazy(() => import("../../federation/saml/index.ts"));
