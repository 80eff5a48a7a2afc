/**
 * Groups as such: how the API shows one, how members are found, and the claims of a user's groups.
 *
 * Leaves to others: writing tokens (`tokens/`), who may assume a group's role (`src/iam`).
 */
export { groupClaims } from "./group-claims.ts";
export { groupType } from "./group-type.ts";
export { requireGroup, unknownGroup } from "./require-group.ts";
