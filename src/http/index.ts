/**
 * The HTTP server that every surface stands on: whose names it answers to, how much it reads and how long it waits.
 *
 * Knows no surface. Each is a plugin of one form, {@link Surface}, given in by the composition root.
 */
export { createHttpApp, type HttpOptions, prepareServer, TLS_CIPHERS } from "./app.ts";
export { BodyRefused } from "./bodies.ts";
export { type HostLookup, hostName, isLoopbackOrigin, isOwnHost } from "./hosts.ts";
export type { ReceivedRequest } from "./received-request.ts";
export { type Surface, type SurfaceResponse, sendResponse } from "./surface.ts";
