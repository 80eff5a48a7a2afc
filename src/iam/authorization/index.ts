/**
 * The resource and the condition keys of a request, for the evaluation of policies.
 */
export { decideOnResource } from "./decide-on-resource.ts";
export {
  type KeyValues,
  type RequestFacts,
  requestKeys,
  requestTagKeys,
  resourceTagKeys,
  tagKeyOf,
  tagValueOf,
  withKeys,
} from "./request-keys.ts";
export { type RawInput, targetOf } from "./targets.ts";
