/**
 * The condition operators of policies.
 *
 * @see IAM User Guide, "IAM JSON policy elements: Condition operators" and "Conditions with multiple context keys or values"
 */
import { addressMatcher } from "../../ip-networks.ts";
import { matchesGlyphs } from "./match.ts";
import { type KeyLookup, matchesArn, type Pattern, parsePattern, resolvePattern, textOf } from "./pattern.ts";

/** Compares a value of the request with one of the policy. */
type Comparison = (requestValue: string, pattern: Pattern, lookup: KeyLookup) => boolean;

interface Operator {
  readonly compare: Comparison;
  readonly negated?: true;
  readonly wildcards?: true;
}

/** Numbers, dates, addresses and texts in another case can be equal to one that is longer, though not to one of this length. */
const LONGEST_VALUE = 4096;

function withText(compare: (requestValue: string, policyValue: string) => boolean): Comparison {
  return (requestValue, pattern, lookup) => {
    const glyphs = resolvePattern(pattern, lookup, Math.max(requestValue.length, LONGEST_VALUE));
    return glyphs !== undefined && compare(requestValue, textOf(glyphs));
  };
}

function withNumbers(
  parse: (text: string) => number,
  compare: (a: number, b: number) => boolean,
): Comparison {
  // A value that is not a number compares as false with every operator, because NaN does.
  return withText((requestValue, policyValue) => compare(parse(requestValue), parse(policyValue)));
}

const parseNumber = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** A date by ISO 8601, its time of day, and its zone. `Date.parse` takes other forms too, in the zone of the machine. */
const ISO_DATE = /^(\d{4}(?:-\d\d){0,2})(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Reads a date by ISO 8601, in UTC where it names no zone, or seconds since the epoch.
 *
 * @returns milliseconds; NaN for any other text
 * @see IAM User Guide, "Date condition operators"
 */
export function parseDate(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const parts = ISO_DATE.exec(text.toUpperCase());
  if (!parts) return Number.NaN;
  const [, date, time = "00:00", zone = "Z"] = parts;
  return Date.parse(`${date}T${time}${zone}`);
}

const like: Comparison = (requestValue, pattern, lookup) => {
  const glyphs = resolvePattern(pattern, lookup, requestValue.length);
  return glyphs !== undefined && matchesGlyphs(glyphs, requestValue);
};

const arnLike: Comparison = (requestValue, pattern, lookup) => {
  const glyphs = resolvePattern(pattern, lookup, requestValue.length);
  return glyphs !== undefined && matchesArn(glyphs, requestValue);
};

const equal = withText((a, b) => a === b);
const equalIgnoringCase = withText((a, b) => a.toLowerCase() === b.toLowerCase());
const inRange = withText((address, range) => addressMatcher([range])(address));
const sameBytes = withText((a, b) => Buffer.from(a, "base64").equals(Buffer.from(b, "base64")));

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["StringEquals", { compare: equal }],
  ["StringNotEquals", { compare: equal, negated: true }],
  ["StringEqualsIgnoreCase", { compare: equalIgnoringCase }],
  ["StringNotEqualsIgnoreCase", { compare: equalIgnoringCase, negated: true }],
  ["StringLike", { compare: like, wildcards: true }],
  ["StringNotLike", { compare: like, wildcards: true, negated: true }],
  ["NumericEquals", { compare: withNumbers(parseNumber, (a, b) => a === b) }],
  ["NumericNotEquals", { compare: withNumbers(parseNumber, (a, b) => a === b), negated: true }],
  ["NumericLessThan", { compare: withNumbers(parseNumber, (a, b) => a < b) }],
  ["NumericLessThanEquals", { compare: withNumbers(parseNumber, (a, b) => a <= b) }],
  ["NumericGreaterThan", { compare: withNumbers(parseNumber, (a, b) => a > b) }],
  ["NumericGreaterThanEquals", { compare: withNumbers(parseNumber, (a, b) => a >= b) }],
  ["DateEquals", { compare: withNumbers(parseDate, (a, b) => a === b) }],
  ["DateNotEquals", { compare: withNumbers(parseDate, (a, b) => a === b), negated: true }],
  ["DateLessThan", { compare: withNumbers(parseDate, (a, b) => a < b) }],
  ["DateLessThanEquals", { compare: withNumbers(parseDate, (a, b) => a <= b) }],
  ["DateGreaterThan", { compare: withNumbers(parseDate, (a, b) => a > b) }],
  ["DateGreaterThanEquals", { compare: withNumbers(parseDate, (a, b) => a >= b) }],
  ["Bool", { compare: equalIgnoringCase }],
  ["BinaryEquals", { compare: sameBytes }],
  ["IpAddress", { compare: inRange }],
  ["NotIpAddress", { compare: inRange, negated: true }],
  // "ArnEquals and ArnLike behave identically", says the guide; so do their opposites.
  ["ArnEquals", { compare: arnLike, wildcards: true }],
  ["ArnLike", { compare: arnLike, wildcards: true }],
  ["ArnNotEquals", { compare: arnLike, wildcards: true, negated: true }],
  ["ArnNotLike", { compare: arnLike, wildcards: true, negated: true }],
]);

/** Whether one key of one operator of a Condition element holds for a request. */
export type Condition = (lookup: KeyLookup) => boolean;

/** An operator's name taken apart; undefined when there is no such operator. */
export interface OperatorName {
  readonly base: string;
  readonly quantifier: "ForAnyValue" | "ForAllValues" | undefined;
  readonly ifExists: boolean;
}

const OPERATOR_NAME = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/;

/** Reads `ForAnyValue:StringLikeIfExists` and the like. */
export function parseOperator(name: string): OperatorName | undefined {
  const parts = OPERATOR_NAME.exec(name);
  if (!parts) return undefined;
  const [, quantifier, base = "", ifExists] = parts;
  // `Null` tests existence itself, so it takes neither.
  if (base === "Null")
    return quantifier || ifExists ? undefined : { base, quantifier: undefined, ifExists: false };
  if (!OPERATORS.has(base)) return undefined;
  return {
    base,
    quantifier: quantifier as OperatorName["quantifier"],
    ifExists: ifExists !== undefined,
  };
}

/** Makes a condition ready to be evaluated. */
export function compileCondition(
  name: OperatorName,
  key: string,
  policyValues: readonly string[],
  options: { variables: boolean },
): Condition {
  const lowerCaseKey = key.toLowerCase();
  if (name.base === "Null") {
    const wanted = policyValues.map((value) => value.toLowerCase() === "true");
    return (lookup) => wanted.includes(valuesOf(lookup, lowerCaseKey).length === 0);
  }
  const operator = OPERATORS.get(name.base);
  if (!operator) throw new TypeError(`There is no condition operator ${name.base}.`);
  const patterns = policyValues.map((value) =>
    parsePattern(value, { wildcards: operator.wildcards ?? false, variables: options.variables }),
  );
  const valueHolds = (value: string, lookup: KeyLookup) =>
    patterns.some((pattern) => operator.compare(value, pattern, lookup)) !== (operator.negated ?? false);

  return (lookup) => {
    const values = valuesOf(lookup, lowerCaseKey);
    if (values.length === 0) {
      if (name.quantifier === "ForAllValues" || name.ifExists) return true;
      return name.quantifier === undefined && operator.negated === true;
    }
    const all = name.quantifier === "ForAllValues" || (name.quantifier === undefined && operator.negated);
    return all
      ? values.every((value) => valueHolds(value, lookup))
      : values.some((value) => valueHolds(value, lookup));
  };
}

function valuesOf(lookup: KeyLookup, key: string): readonly string[] {
  const values = lookup(key);
  if (values === undefined) return [];
  return typeof values === "string" ? [values] : values;
}
