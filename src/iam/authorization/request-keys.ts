import { isoSeconds } from "../../clock.ts";
import type { KeyLookup } from "../policy-language/index.ts";
import type { Caller } from "../principals/index.ts";

/** The properties of a request that do not depend on its caller. */
export interface RequestFacts {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly isSecure: boolean;
  readonly sourceIp?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
}

/** Values of condition keys, by name in any case. */
export type KeyValues = Readonly<Record<string, string | readonly string[] | undefined>>;

const PRINCIPAL_TAG = "aws:principaltag/";

const PRINCIPAL_TYPES = { user: "User", role: "AssumedRole", federated: "FederatedUser" } as const;

/**
 * The global condition keys of a request.
 *
 * @see IAM User Guide, "AWS global condition context keys"
 */
export function requestKeys(facts: RequestFacts, caller: Caller | undefined): KeyLookup {
  return (key) => factKey(key, facts) ?? (caller && (callerKey(key, caller) ?? sessionKey(key, caller)));
}

/** Browsers and SDKs send some hundred characters. */
const MAX_HEADER_LENGTH = 2048;

/**
 * A longer header counts as absent, because matching it with the patterns of a policy could take long. Its sender gains nothing that
 * a request without the header would not give.
 */
function ofBoundedLength(header: string | undefined): string | undefined {
  return header !== undefined && header.length <= MAX_HEADER_LENGTH ? header : undefined;
}

function factKey(key: string, facts: RequestFacts): string | undefined {
  switch (key) {
    case "aws:sourceip":
      return facts.sourceIp;
    case "aws:useragent":
      return ofBoundedLength(facts.userAgent);
    case "aws:referer":
      return ofBoundedLength(facts.referer);
    case "aws:securetransport":
      return String(facts.isSecure);
    case "aws:currenttime":
      return isoSeconds(facts.at);
    case "aws:epochtime":
      return String(Math.floor(facts.at / 1000));
    default:
      return undefined;
  }
}

function callerKey(key: string, caller: Caller): string | undefined {
  switch (key) {
    case "aws:principalarn":
      return caller.principalArn;
    case "aws:principalaccount":
      return caller.accountId;
    case "aws:principaltype":
      return PRINCIPAL_TYPES[caller.kind];
    case "aws:userid":
      return caller.userId;
    case "aws:username":
      return caller.kind === "user" ? caller.name : undefined;
    case "aws:requestedregion":
      return caller.region;
    default:
      return key.startsWith(PRINCIPAL_TAG)
        ? tagValue(caller.tags, key.slice(PRINCIPAL_TAG.length))
        : undefined;
  }
}

/** Keys of temporary credentials. Those about MFA are absent, not false, for a user's own keys. */
function sessionKey(key: string, { session }: Caller): string | undefined {
  if (!session) return undefined;
  switch (key) {
    case "aws:tokenissuetime":
      return isoSeconds(session.issuedAt);
    case "aws:multifactorauthpresent":
      return "false";
    case "aws:sourceidentity":
      return session.sourceIdentity;
    case "aws:federatedprovider":
      return session.federatedProvider;
    default:
      return undefined;
  }
}

/** The value of a tag. Condition keys ignore case, tag keys in them included. @param lowerCaseKey in lower case */
function tagValue(tags: Readonly<Record<string, string>>, lowerCaseKey: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === lowerCaseKey)?.[1];
}

/** A lookup that adds keys to another lookup. */
export function withKeys(base: KeyLookup, values: KeyValues): KeyLookup {
  const added = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return (key) => added.get(key) ?? base(key);
}

/** The keys of the tags of a request: `aws:RequestTag/…` and `aws:TagKeys`. */
export function requestTagKeys(tags: readonly (readonly [key: string, value: string])[]): KeyValues {
  return {
    ...tagValues("aws:RequestTag/", tags),
    "aws:TagKeys": tags.map(([key]) => key),
  };
}

/** The keys of tags on the resource, under each prefix that its service defines. */
export function resourceTagKeys(tags: Readonly<Record<string, string>>, ...services: string[]): KeyValues {
  return Object.assign(
    {},
    ...["aws", ...services].map((service) => tagValues(`${service}:ResourceTag/`, Object.entries(tags))),
  );
}

/** Tags whose keys differ by case alone have all of their values under one condition key, which {@link unclearKeys} finds. */
function tagValues(prefix: string, tags: readonly (readonly [key: string, value: string])[]): KeyValues {
  const values: Record<string, string | string[]> = {};
  for (const [key, value] of tags) {
    const name = prefix + key.toLowerCase();
    values[name] = Object.hasOwn(values, name) ? [values[name] ?? "", value].flat() : value;
  }
  return values;
}

/** As many tags as a resource can have, in all AWS services. */
const MAX_VALUES = 50;

/**
 * The condition keys that no policy can be asked about. Of tags that occur several times, differing only by case: condition keys
 * ignore case, so they have several values, and a policy must not match only the one that favours the caller. And those with more
 * values than an operation takes: to compare thousands of them could take seconds.
 */
export function unclearKeys(values: KeyValues): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const count = Array.isArray(value) ? value.length : 0;
    return count > MAX_VALUES || (count > 0 && /tag\//i.test(name)) ? [name] : [];
  });
}

/** The maximum lengths of tag keys and values in all AWS services. */
const MAX_TAG_KEY_LENGTH = 128;
const MAX_TAG_VALUE_LENGTH = 256;

/**
 * A tag's key for the evaluation of policies. Validation rejects a key that is not text or is too long later. Converted to
 * text it could match a policy, so it becomes the empty text, which matches no policy.
 */
export function tagKeyOf(key: unknown): string {
  return typeof key === "string" && key.length <= MAX_TAG_KEY_LENGTH ? key : "";
}

/** A tag's value, likewise. */
export function tagValueOf(value: unknown): string {
  return typeof value === "string" && value.length <= MAX_TAG_VALUE_LENGTH ? value : "";
}
