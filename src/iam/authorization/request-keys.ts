import type { KeyLookup } from "../policy-language/index.ts";
import type { Caller } from "../principals/index.ts";

/** What a request tells about itself, whoever makes it. */
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

/**
 * The global condition keys of a request.
 *
 * @see IAM User Guide, "AWS global condition context keys"
 */
export function requestKeys(facts: RequestFacts, caller: Caller | undefined): KeyLookup {
  return (key) => factKey(key, facts) ?? (caller && (callerKey(key, caller) ?? sessionKey(key, caller)));
}

function factKey(key: string, facts: RequestFacts): string | undefined {
  switch (key) {
    case "aws:sourceip":
      return facts.sourceIp;
    case "aws:useragent":
      return facts.userAgent;
    case "aws:referer":
      return facts.referer;
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
      return caller.kind === "user" ? "User" : "AssumedRole";
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

function isoSeconds(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** The value of a tag. Condition keys ignore case, tag keys in them included. @param lowerCaseKey in lower case */
function tagValue(tags: Readonly<Record<string, string>>, lowerCaseKey: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === lowerCaseKey)?.[1];
}

/** A lookup that knows some keys more than another. */
export function withKeys(base: KeyLookup, values: KeyValues): KeyLookup {
  const added = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return (key) => added.get(key) ?? base(key);
}

/** The keys of tags that a request brings: `aws:RequestTag/…` and `aws:TagKeys`. */
export function requestTagKeys(tags: Readonly<Record<string, string>>): KeyValues {
  return {
    ...prefixed("aws:RequestTag/", tags),
    "aws:TagKeys": Object.keys(tags),
  };
}

/** The keys of tags on the resource, under each of the prefixes that its service knows them by. */
export function resourceTagKeys(tags: Readonly<Record<string, string>>, ...services: string[]): KeyValues {
  return Object.assign(
    {},
    ...["aws", ...services].map((service) => prefixed(`${service}:ResourceTag/`, tags)),
  );
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): KeyValues {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));
}
