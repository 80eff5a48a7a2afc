/**
 * User pools as such: finding one, its identity, its settings with their defaults and checks, spare keys for new ones.
 *
 * Leaves to others: attributes and schemas (`attributes/`), password rules (`passwords/`), app clients (`app-clients/`),
 * signing keys of pools (`tokens/`).
 */
export { poolArn, poolNamePart, regionOf } from "./identity.ts";
export { requirePool, unknownPool } from "./require-pool.ts";
