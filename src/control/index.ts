/**
 * The surface under `/_cognate`: health and readiness and, in `dev`, the inbox, the clock and recent calls. It uses
 * plain JSON and has no rules of its own.
 */

export { type ServerSnapshots, statusOfRefusal } from "./snapshots.ts";
export { stateSurface } from "./state-surface.ts";
export { controlSurface } from "./surface.ts";
