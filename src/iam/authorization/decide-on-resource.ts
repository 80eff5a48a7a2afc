import { type Decision, decide, type KeyLookup, usesConditionKey } from "../policy-language/index.ts";
import type { Caller } from "../principals/index.ts";
import { type KeyValues, resourceTagKeys, unclearKeys, withKeys } from "./request-keys.ts";

/** An action on a resource whose tags are condition keys. */
interface Question {
  readonly action: string;
  readonly resource: string;
  /** The condition keys of the request and its caller. */
  readonly lookup: KeyLookup;
  /** Those of the call. */
  readonly keys?: KeyValues;
  /** The tags of the resource, which are read only when a policy of the caller asks for them. */
  readonly tags?: () => Promise<Readonly<Record<string, string>> | undefined>;
}

/** Whether a caller's policies allow an action. Policies that ask for an unclear key allow nothing. */
export async function decideOnResource(
  { policies }: Pick<Caller, "policies">,
  { action, resource, lookup, keys = {}, tags = async () => undefined }: Question,
): Promise<Decision> {
  const all: KeyValues = {
    ...keys,
    ...(usesConditionKey(policies, "aws:resourcetag/") ? resourceTagKeys((await tags()) ?? {}) : {}),
  };
  const isUnclear = unclearKeys(all).some((key) => usesConditionKey(policies, key.toLowerCase()));
  return isUnclear
    ? { effect: "implicitDeny", by: "identity" }
    : decide(policies, { action, resource, lookup: withKeys(lookup, all) });
}
