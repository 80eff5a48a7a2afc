/**
 * Seeds: the data that a server has at its start, declared in a file or, for the demo, here. The operations of the API
 * create everything in user pools, so their checks apply here too.
 */
export { applySeed, applySeedFile, type SeedTarget } from "./apply.ts";
export { demoSeed } from "./demo.ts";
export { demo } from "./demo-ids.ts";
