import { lazy } from "./lazy.ts";

/** The library that reads XML: metadata of SAML providers, and images of managed login styles. */
export const xml = lazy(() => import("fast-xml-parser"));
