/** One or two faults in a request that would succeed. */
import type { RandomSource } from "./random.ts";
import type { Json, World } from "./world.ts";

const HOSTILE_TEXTS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "🙂",
  "\u202e",
  "__proto__",
  "constructor",
  "toString",
]
  .concat([
    "null",
    "{}",
    "[]",
    "%zz",
    "../..",
    "1e999",
    "$&",
    "{####}",
    "*",
    "a@b",
    "' or 1=1 --",
    '"',
    "\\",
    "cognito:x",
  ])
  .concat([
    "x".repeat(129),
    "x".repeat(3000),
    "(".repeat(200),
    "9".repeat(400),
    "日本語".repeat(50),
    "=cmd|' /C calc'!A0",
  ])
  .concat([
    "custom:none",
    "sub",
    "email_verified",
    "identities",
    "true",
    "false",
    "0",
    "-1",
    "2147483648",
    "Cognito",
  ]);
const ODD_VALUES = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  2 ** 31,
  2 ** 63,
  [],
  {},
  [null],
  [[]],
  { a: null },
  [{}],
];

/** Text that is no JSON, or no object. */
const BROKEN_JSON = [
  ...["", "null", "[]", '"text"', "1e999", "{", "}{", "\u0000", "<html></html>", "undefined", "NaN"],
  ...['{"a":1}{"b":2}', '{"__proto__":{"polluted":true}}', '"\\ud800"', "\ufeff{}"],
];

export const brokenJson = (random: RandomSource): string => random.pickAny(BROKEN_JSON) ?? "";

export const deeplyNested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

/** Values that break code which takes them for texts, or copies them member by member. */
const HOSTILE_VALUES = [
  { toString: 1, valueOf: 1 },
  [{ toString: null }],
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  JSON.parse(deeplyNested(3000)),
  Array.from({ length: 5000 }, (_, index) => index),
  "x".repeat(200_000),
];

/** A copy of a value of someone else's with one to three faults in it. */
export function mutatedJson(value: unknown, random: RandomSource): unknown {
  const copy = { value: structuredClone(value) };
  for (let faults = 1 + random.below(3); faults > 0; faults--) {
    const place = random.pickAny(placesIn(copy));
    if (place === undefined) break;
    const { holder, key } = place;
    const kind = random.below(8);
    if (kind === 0) delete holder[key];
    else if (kind <= 2) holder[key] = structuredClone(random.pickAny(ODD_VALUES));
    else if (kind === 3) holder[key] = random.pickAny(HOSTILE_TEXTS);
    else if (kind === 4) holder[key] = structuredClone(random.pickAny(HOSTILE_VALUES));
    else if (kind === 5 && typeof holder[key] === "string") holder[key] = tampered(holder[key], random);
    else if (kind === 6 && typeof holder[key] === "object" && holder[key] !== null)
      addMember(
        holder[key],
        random.pickAny(HOSTILE_TEXTS) ?? "",
        structuredClone(random.pickAny(HOSTILE_VALUES)),
      );
    else holder[key] = { [random.pick(["__proto__", "a"])]: holder[key] };
  }
  return copy.value;
}

/** Some bytes changed, cut off or doubled. */
export function tamperedBytes(bytes: Uint8Array, random: RandomSource): Buffer {
  const changed = Buffer.from(bytes);
  const at = random.below(Math.max(changed.length, 1));
  switch (random.below(4)) {
    case 0:
      return changed.subarray(0, at);
    case 1:
      return Buffer.concat([changed, changed.subarray(at)]);
    case 2:
      return Buffer.concat([
        changed.subarray(0, at),
        Buffer.alloc(1 + random.below(9), random.below(256)),
        changed.subarray(at),
      ]);
    default:
      for (let count = 1 + random.below(4); count > 0 && changed.length > 0; count--)
        changed[random.below(changed.length)] = random.below(256);
      return changed;
  }
}

/** Whether a text is one that mutations put in, also in the place of secrets. */
export const isHostileText = (text: string): boolean => HOSTILE_TEXTS.includes(text);

export const hostileText = (random: RandomSource): string => random.pickAny(HOSTILE_TEXTS) ?? "";

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** A copy of the input with a fault in it. Objects may get members such as `__proto__`, as JSON text can have them. */
export function mutated(input: Json, world: World): Json {
  const copy = structuredClone(input) as Record<string, unknown>;
  const { random } = world;
  for (let faults = random.chance(0.25) ? 2 : 1; faults > 0; faults--) {
    const place = random.pickAny(placesIn(copy));
    if (place === undefined) break;
    change(place, random, world);
  }
  return copy;
}

function change({ holder, key }: Place, random: RandomSource, world: World): void {
  const value = holder[key];
  const put = (changed: unknown) => {
    holder[key] = changed;
  };
  const kind = random.below(10);
  if (kind === 0) delete holder[key];
  else if (kind === 1) put(structuredClone(random.pickAny(ODD_VALUES)));
  else if (kind <= 3) put(random.pickAny(HOSTILE_TEXTS));
  else if (kind === 4)
    addMember(holder, random.pick(["__proto__", "constructor", "Unknown", "toString"]), random.word(5));
  else if (kind === 5 && Array.isArray(value)) put([...value, ...value]);
  else if (kind === 5 && typeof value === "object" && value !== null)
    addMember(value, random.pick(["__proto__", "constructor", ""]), random.word(5));
  else if (kind === 5 && typeof value === "number")
    put(random.pick([value + 1, value - 1, -value, value * 1000]));
  else if (kind === 6 && typeof value === "string") put(tampered(value, random));
  else put(other(key, value, world));
}

/** The name as an own member, whatever it means to the language. */
function addMember(holder: object, key: string, value: unknown): void {
  // JSON text of a list has no members by name.
  if (Array.isArray(holder)) return;
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Base64url of some length: keys, signatures and the CBOR of passkeys. */
const ENCODED_BYTES = /^[\w-]{40,}$/;

function tampered(text: string, random: RandomSource): string {
  if (ENCODED_BYTES.test(text) && random.chance(0.5))
    return tamperedBytes(Buffer.from(text, "base64url"), random).toString("base64url");
  const at = random.below(Math.max(text.length, 1));
  return random.pick([
    `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`,
    text.slice(0, at),
    `${text}${text}`,
    ` ${text}`,
    `${text}\n`,
    text.toUpperCase(),
    text.split(".").slice(0, 2).concat("").join("."),
  ]);
}

/** Something of the same sort that belongs to another pool, or is gone. */
function other(key: string, value: unknown, { random, pools, deletedPools }: World): unknown {
  const pool = random.pickAny(pools);
  const user = random.pickAny(pool?.users ?? []);
  const client = random.pickAny(pool?.clients ?? []);
  const gone = random.chance(0.3) ? random.pickAny(pool?.deleted ?? []) : undefined;
  const tokens = random.pickAny(user?.tokens ?? []);
  switch (key) {
    case "UserPoolId":
      return random.chance(0.5) ? pool?.id : (random.pickAny(deletedPools) ?? "us-east-1_nothing00");
    case "ClientId":
      return gone ?? client?.id ?? "none";
    case "Username":
    case "USERNAME":
      return gone ?? user?.username ?? "nobody";
    case "GroupName":
    case "ProviderName":
    case "Identifier":
    case "TermsId":
    case "ManagedLoginBrandingId":
      return gone ?? random.word(6);
    case "AccessToken":
    case "RefreshToken":
    case "Token":
    case "REFRESH_TOKEN":
      return random.pickAny([tokens?.access, tokens?.id, tokens?.refresh]) ?? "none";
    default:
      return typeof value === "number" ? random.below(2000) - 1000 : random.pickAny(HOSTILE_TEXTS);
  }
}

const MAX_DEPTH = 30;

function placesIn(value: unknown, depth = 0): Place[] {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    { holder: value as Record<string, unknown>, key },
    ...placesIn(member, depth + 1),
  ]);
}
