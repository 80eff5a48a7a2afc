/**
 * The shared part of sign-ins by external providers at the OAuth endpoints: which provider a request names, and the answer
 * to the client once the identity is proved.
 */
export { finishFederation } from "./finish.ts";
