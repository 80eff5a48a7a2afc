/**
 * Text with wildcards and variables, as policies write it: `arn:aws:s3:::home/${aws:username}/*`.
 */

import {
  ANY_ONE,
  ANY_ONE_IN_SEGMENT,
  ANY_RUN,
  ANY_RUN_IN_SEGMENT,
  COLON,
  type Glyphs,
  matchesGlyphs,
} from "./match.ts";

/** Finds the value of a condition key, by its name in lower case; undefined when the request has none. */
export type KeyLookup = (key: string) => readonly string[] | string | undefined;

type Piece = Glyphs | { readonly variable: string; readonly fallback: string | undefined };

/** A pattern as written; its variables get their values when a request is evaluated. */
export interface Pattern {
  /** Undefined when the pattern has variables. */
  readonly fixed: Glyphs | undefined;
  readonly pieces: readonly Piece[];
}

interface PatternOptions {
  /** Whether `*` and `?` are wildcards. They are always plain when written `${*}` and `${?}`, if variables are on. */
  readonly wildcards: boolean;
  /** Policies of version 2008-10-17 have no variables: `${…}` is plain text there. */
  readonly variables: boolean;
}

/** A name has neither `$` nor `{`, so that looking for its end stops at the next variable: the time stays linear. */
const VARIABLE = /\$\{\s*(\$|[^,}\s${]+)\s*(?:,\s*'([^']*)'\s*)?\}/y;
/** Characters that `${…}` stands for, written so to be plain. */
const ESCAPABLE: ReadonlySet<string> = new Set(["*", "?", "$"]);

/** Reads a pattern. */
export function parsePattern(text: string, options: PatternOptions): Pattern {
  const pieces: Piece[] = [];
  let run: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const variable = options.variables && text[i] === "$" ? variableAt(text, i) : null;
    if (variable) {
      const name = variable[1] ?? "";
      if (ESCAPABLE.has(name)) run.push(name.charCodeAt(0));
      else {
        if (run.length > 0) pieces.push(run);
        run = [];
        pieces.push({ variable: name.toLowerCase(), fallback: variable[2] });
      }
      i += variable[0].length - 1;
    } else if (options.wildcards && text[i] === "*") run.push(ANY_RUN);
    else if (options.wildcards && text[i] === "?") run.push(ANY_ONE);
    else run.push(text.charCodeAt(i));
  }
  if (run.length > 0) pieces.push(run);
  return patternOf(pieces);
}

function variableAt(text: string, index: number): RegExpExecArray | null {
  VARIABLE.lastIndex = index;
  return VARIABLE.exec(text);
}

function patternOf(pieces: readonly Piece[]): Pattern {
  const plain = pieces.filter((piece): piece is Glyphs => !("variable" in piece));
  return { fixed: plain.length === pieces.length ? plain.flat() : undefined, pieces };
}

/**
 * A pattern with the values of its variables; undefined when nothing matches it, because a variable has no value, or because it
 * has more text than `longestMatch`.
 *
 * @param longestMatch the length of what it is compared with. Callers choose the values of some variables and how often a session
 *   policy repeats them, so that the whole could be far longer
 */
export function resolvePattern(
  pattern: Pattern,
  lookup: KeyLookup,
  longestMatch: number,
): Glyphs | undefined {
  if (pattern.fixed) return pattern.fixed;
  const glyphs: number[] = [];
  let valueCharacters = 0;
  for (const piece of pattern.pieces) {
    if (!("variable" in piece)) {
      for (const glyph of piece) glyphs.push(glyph);
      continue;
    }
    // Of a key with exactly one value, since several would make the pattern ambiguous.
    const values = lookup(piece.variable);
    const value = typeof values === "string" ? values : values?.length === 1 ? values[0] : undefined;
    const text = value ?? piece.fallback;
    if (text === undefined) return undefined;
    valueCharacters += text.length;
    if (valueCharacters > longestMatch) return undefined;
    // The value of a variable is literal, wildcards included.
    for (let i = 0; i < text.length; i++) glyphs.push(text.charCodeAt(i));
  }
  return glyphs;
}

/**
 * The pattern of a Resource element: an ARN. Wildcards stay inside their colon-separated segment, except a `*` at the
 * end of one. Variables are replaced only after the fifth colon. An ARN that lacks segments is completed with `*`.
 *
 * @see IAM User Guide, "IAM JSON policy elements: Resource" and "IAM identifiers"
 */
export function parseResourcePattern(text: string, options: { variables: boolean }): Pattern {
  const completed = text + ":*".repeat(Math.max(0, 5 - (text.split(":").length - 1)));
  const fifthColon = completed.split(":").slice(0, 5).join(":").length;
  const head = parsePattern(completed.slice(0, fifthColon + 1), { wildcards: true, variables: false });
  const tail = parsePattern(completed.slice(fifthColon + 1), {
    wildcards: true,
    variables: options.variables,
  });
  const pieces = [...head.pieces, ...tail.pieces].map((piece, index, all) =>
    "variable" in piece ? piece : withinSegments(piece, all[index + 1]),
  );
  return patternOf(pieces);
}

function withinSegments(glyphs: Glyphs, following: Piece | undefined): Glyphs {
  return glyphs.map((glyph, i) => {
    if (glyph === ANY_ONE) return ANY_ONE_IN_SEGMENT;
    if (glyph !== ANY_RUN) return glyph;
    const next = i + 1 < glyphs.length ? glyphs[i + 1] : firstGlyph(following);
    return next === undefined || next === COLON ? ANY_RUN : ANY_RUN_IN_SEGMENT;
  });
}

/** The first character of a piece; a variable is never a colon or an end. */
function firstGlyph(piece: Piece | undefined): number | undefined {
  if (piece === undefined) return undefined;
  return "variable" in piece ? ANY_ONE : piece[0];
}

/** The fields of ARN patterns that have no variables: they are matched again and again. */
const fieldsOfArns = new WeakMap<Glyphs, readonly Glyphs[]>();

/**
 * Whether a pattern for an ARN matches one, field by field, as the ARN condition operators compare. `*` alone, which IAM takes in
 * policies in place of an ARN, stands for every ARN, as in the Resource element; the documentation does not say it of conditions.
 */
export function matchesArn(glyphs: Glyphs, arn: string): boolean {
  const patternFields = fieldsOfArns.get(glyphs) ?? splitFields(glyphs);
  fieldsOfArns.set(glyphs, patternFields);
  const fields = arn.split(":");
  const arnFields = fields.length > 6 ? [...fields.slice(0, 5), fields.slice(5).join(":")] : fields;
  if (arnFields.length !== 6) return false;
  if (glyphs.length === 1 && glyphs[0] === ANY_RUN) return true;
  return (
    patternFields.length === 6 && patternFields.every((field, i) => matchesGlyphs(field, arnFields[i] ?? ""))
  );
}

/** The fields of an ARN: the sixth takes the colons that follow. */
function splitFields(glyphs: Glyphs): Glyphs[] {
  const fields: Glyphs[] = [];
  let start = 0;
  while (fields.length < 5) {
    const colon = glyphs.indexOf(COLON, start);
    if (colon === -1) break;
    fields.push(glyphs.slice(start, colon));
    start = colon + 1;
  }
  return [...fields, glyphs.slice(start)];
}

/** Characters that are made into text at a time: each is an argument of a call, of which there can be some 100,000. */
const CHUNK = 8192;

/** The plain text of glyphs that hold no wildcard. */
export function textOf(glyphs: Glyphs): string {
  let text = "";
  for (let i = 0; i < glyphs.length; i += CHUNK) text += String.fromCharCode(...glyphs.slice(i, i + CHUNK));
  return text;
}
