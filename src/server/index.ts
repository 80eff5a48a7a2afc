/**
 * The composition root: ports → domain → surfaces, and the order in which a server starts and stops. The one place where
 * things are wired; it has no rules of its own.
 */
export { claimFiles } from "./claimed-files.ts";
export type { Limits } from "./limits.ts";
export { limitsOfProgram, type ProcessOfSeveral, type ProgramCalls } from "./process-of-several.ts";
export { type RunningServer, startServer } from "./start.ts";
