/**
 * The settings document of a managed login style. AWS checks it against a JSON schema that is not public. The checks
 * here follow from the document of a new style: the groups at its top, and the type, color or choice of each known
 * value. Unknown members are kept unchanged.
 */
import { InvalidParameterException, type JsonValue } from "../../api-model/index.ts";
import { DEFAULT_SETTINGS, type StyleSettings } from "./default-settings.ts";

type JsonObject = { readonly [key: string]: JsonValue | undefined };

const DEFAULTS: JsonObject = DEFAULT_SETTINGS;

const COLOR = /^[\da-f]{8}$/i;
const PLACES = ["START", "CENTER", "END"];

/** The choices of members by the ends of their paths. */
const CHOICES: readonly (readonly [pathEnd: string, choices: readonly string[]])[] = [
  ["global.colorSchemeMode", ["LIGHT", "DARK", "DYNAMIC"]],
  ["form.location.horizontal", PLACES],
  ["form.location.vertical", PLACES],
  ["logo.location", PLACES],
  ["logo.position", ["TOP", "BOTTOM"]],
  ["logo.formInclusion", ["IN", "OUT"]],
];

const MAX_RADIUS = 100;

/** @throws InvalidParameterException in the format of the recorded refusal of assets; the texts are ours */
export function checkSettings(settings: JsonValue | undefined): void {
  if (settings === undefined) return;
  const faults = isObject(settings) ? faultsOf(settings) : ["The settings must be a JSON object."];
  if (faults.length === 0) return;
  throw new InvalidParameterException(`Invalid settings provided. Validation errors: [${faults.join(", ")}]`);
}

/** Settings laid over the defaults as they are sent: objects member by member, everything else as a whole. */
export function mergedSettings(settings: JsonValue | undefined): JsonValue {
  return merge(DEFAULTS, settings, (_path, _base, over) => over);
}

/** Settings to draw from: a value that cannot be drawn gives way to the default. */
export function styleSettings(settings: JsonValue | undefined): StyleSettings {
  const merged = merge(DEFAULTS, settings, (path, base, over) =>
    faultOf(path, base, over) === undefined ? over : base,
  );
  // Each member of the defaults is there, with a value of the same kind.
  return merged as StyleSettings;
}

function faultsOf(settings: JsonObject): readonly string[] {
  const unknown = Object.keys(settings).filter((name) => !Object.hasOwn(DEFAULTS, name));
  const faults = unknown.map((name) => `{path: ${name}, errorMessage: The member is not allowed.}`);
  merge(DEFAULTS, settings, (path, base, over) => {
    const fault = faultOf(path, base, over);
    if (fault !== undefined) faults.push(`{path: ${path}, errorMessage: ${fault}}`);
    return over;
  });
  return faults;
}

/** The fault in a value that replaces a default one. */
function faultOf(path: string, base: JsonValue, over: JsonValue): string | undefined {
  if (kindOf(base) !== kindOf(over)) return `The value must be of the type ${kindOf(base)}.`;
  if (typeof over === "number")
    return over >= 0 && over <= MAX_RADIUS ? undefined : `The value must be from 0 to ${MAX_RADIUS}.`;
  if (typeof base !== "string" || typeof over !== "string") return undefined;
  if (COLOR.test(base)) return COLOR.test(over) ? undefined : "A color must have 8 hexadecimal digits.";
  const choices = CHOICES.find(([pathEnd]) => path.endsWith(pathEnd))?.[1];
  if (!choices || choices.includes(over)) return undefined;
  return `The value must be one of ${choices.join(", ")}.`;
}

type Choose = (path: string, base: JsonValue, over: JsonValue) => JsonValue;

/** @param choose decides where a default and a setting meet and they are not both objects */
function merge(base: JsonValue, over: JsonValue | undefined, choose: Choose, path = ""): JsonValue {
  if (over === undefined) return base;
  if (!isObject(base) || !isObject(over)) return choose(path, base, over);
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  const members = [...names].map((name) => {
    const member = Object.hasOwn(base, name) ? base[name] : undefined;
    const inner = path === "" ? name : `${path}.${name}`;
    return [name, member === undefined ? over[name] : merge(member, over[name], choose, inner)] as const;
  });
  return Object.fromEntries(members);
}

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
