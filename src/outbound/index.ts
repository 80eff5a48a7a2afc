/**
 * Requests that this server sends to addresses which administrators of user pools choose, such as those of identity
 * providers. They must not reach what only this server can reach (server-side request forgery).
 */
export { addressRule, LOOPBACK_ADDRESSES } from "./addresses.ts";
export {
  createGuardedFetch,
  type GuardedFetch,
  type GuardedRequest,
  OutboundFailure,
} from "./guarded-fetch.ts";
export { httpModule, refuseUpgrade } from "./http-module.ts";
