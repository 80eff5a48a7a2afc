/**
 * What a request is about, for the policies that allow or deny it: its resource and its condition keys.
 */
export {
  ambiguousKeys,
  type KeyValues,
  type RequestFacts,
  requestKeys,
  requestTagKeys,
  resourceTagKeys,
  tagKeyOf,
  tagValueOf,
  withKeys,
} from "./request-keys.ts";
export { type RawInput, type Target, targetOf } from "./targets.ts";
