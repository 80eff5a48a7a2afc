/**
 * The HTTP server: which surface answers which request, whose names it answers to, how much it reads and how long it waits.
 */
export * from "./app.ts";
export { hostName, isLoopbackOrigin, isOwnHost } from "./hosts.ts";
