/**
 * Seeds: what a server is to have at its start, declared in a file or, for the demo, here. Everything of user pools is made
 * by the operations of the API, so what they refuse is refused here too.
 */
export { applySeed, applySeedFile, type SeedTarget } from "./apply.ts";
export { demo, demoSeed } from "./demo.ts";
export { SeedError } from "./places.ts";
export type { Seed } from "./schema.ts";
