import { type Decision, decide, type KeyLookup, usesConditionKey } from "../policy-language/index.ts";
import type { Caller } from "../principals/index.ts";
import { ambiguousKeys, type KeyValues, resourceTagKeys, withKeys } from "./request-keys.ts";

/** An action on a resource whose tags are condition keys. */
interface Question {
  readonly action: string;
  readonly resource: string;
  /** The condition keys of the request and its caller. */
  readonly lookup: KeyLookup;
  /** Those of the call. */
  readonly keys?: KeyValues;
  /** The tags of the resource, which are read only when a policy of the caller asks for them. */
  readonly tags: () => Promise<Readonly<Record<string, string>> | undefined>;
}

/** Whether a caller's policies allow an action. Tags with several values under one condition key allow nothing that asks for them. */
export async function decideOnResource(
  { policies }: Pick<Caller, "policies">,
  { action, resource, lookup, keys = {}, tags }: Question,
): Promise<Decision> {
  const all: KeyValues = {
    ...keys,
    ...(usesConditionKey(policies, "aws:resourcetag/") ? resourceTagKeys((await tags()) ?? {}) : {}),
  };
  const isAmbiguous = ambiguousKeys(all).some((key) => usesConditionKey(policies, key.toLowerCase()));
  return isAmbiguous
    ? { effect: "implicitDeny", by: "identity" }
    : decide(policies, { action, resource, lookup: withKeys(lookup, all) });
}
