/**
 * The HTTP server below every surface: its host names, size limits and timeouts.
 *
 * Knows no surface. Each is a plugin of one form, {@link Surface}, passed in by the composition root.
 */

export {
  type Admission,
  type Answered,
  createHttpApp,
  prepareServer,
  STOP_WITHIN_MILLISECONDS,
  TLS_CIPHERS,
} from "./app.ts";
export { BodyRefused, bodyLimitOf } from "./bodies.ts";
export { type HostLookup, hostName, isLoopbackOrigin, isOwnHost } from "./hosts.ts";
export { lazySurface } from "./lazy-surface.ts";
export { headerOf, type ReceivedRequest } from "./received-request.ts";
export { type Surface, type SurfaceResponse, sendResponse } from "./surface.ts";
