/**
 * Text with wildcards and variables, as policies write it: `arn:aws:s3:::home/${aws:username}/*`.
 */

/** A pattern ready to be matched: a character code for each character that stands for itself, or one of {@link ANY_RUN}… */
export type Glyphs = readonly number[];

/** `*`: any run of characters. */
export const ANY_RUN = -1;
/** `*` inside a segment of an ARN: any run without a colon. */
export const ANY_RUN_IN_SEGMENT = -2;
/** `?`: any one character. */
export const ANY_ONE = -3;
/** `?` inside a segment of an ARN: any one character but a colon. */
export const ANY_ONE_IN_SEGMENT = -4;

const COLON = 58;

/** Finds the value of a condition key, by its name in lower case; undefined when the request has none. */
export type KeyLookup = (key: string) => readonly string[] | string | undefined;

type Piece = Glyphs | { readonly variable: string; readonly fallback: string | undefined };

/** A pattern as written; its variables take their values when a request is looked at. */
export interface Pattern {
  /** Undefined when the pattern has variables. */
  readonly fixed: Glyphs | undefined;
  readonly pieces: readonly Piece[];
}

export interface PatternOptions {
  /** Whether `*` and `?` are wildcards. They are always plain when written `${*}` and `${?}`, if variables are on. */
  readonly wildcards: boolean;
  /** Policies of version 2008-10-17 have no variables: `${…}` is plain text there. */
  readonly variables: boolean;
}

const VARIABLE = /^\$\{\s*([^,}\s]+)\s*(?:,\s*'([^']*)'\s*)?\}/;
const ESCAPED: Readonly<Record<string, string>> = { "*": "*", "?": "?", $: "$" };

/** Reads a pattern. */
export function parsePattern(text: string, options: PatternOptions): Pattern {
  const pieces: Piece[] = [];
  let run: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const variable = options.variables && text[i] === "$" ? VARIABLE.exec(text.slice(i)) : null;
    if (variable) {
      const name = variable[1] ?? "";
      const escaped = ESCAPED[name];
      if (escaped !== undefined) run.push(escaped.charCodeAt(0));
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

function patternOf(pieces: readonly Piece[]): Pattern {
  const plain = pieces.filter((piece): piece is Glyphs => !("variable" in piece));
  return { fixed: plain.length === pieces.length ? plain.flat() : undefined, pieces };
}

/** A pattern with the values of its variables; undefined when one has no value, so that nothing matches. */
export function resolvePattern(pattern: Pattern, lookup: KeyLookup): Glyphs | undefined {
  if (pattern.fixed) return pattern.fixed;
  const glyphs: number[] = [];
  for (const piece of pattern.pieces) {
    if (!("variable" in piece)) {
      glyphs.push(...piece);
      continue;
    }
    // Of a key with exactly one value, since several would make the pattern ambiguous.
    const values = lookup(piece.variable);
    const value = typeof values === "string" ? values : values?.length === 1 ? values[0] : undefined;
    const text = value ?? piece.fallback;
    if (text === undefined) return undefined;
    // What a variable brings stands for itself, wildcards included.
    for (let i = 0; i < text.length; i++) glyphs.push(text.charCodeAt(i));
  }
  return glyphs;
}

/**
 * Whether a pattern matches the whole of a text.
 *
 * All ways through the pattern are followed at the same time, so the cost is at most the product of the two lengths,
 * whatever the pattern.
 */
export function matchesGlyphs(glyphs: Glyphs, text: string): boolean {
  const plain = matchesWithoutBranches(glyphs, text);
  if (plain !== undefined) return plain;

  const size = glyphs.length;
  let reached = new Uint8Array(size + 1);
  let next = new Uint8Array(size + 1);
  reached[0] = 1;
  skipEmptyRuns(glyphs, reached);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    next.fill(0);
    for (let i = 0; i < size; i++) {
      if (!reached[i]) continue;
      const glyph = glyphs[i] ?? 0;
      if (glyph === ANY_RUN || (glyph === ANY_RUN_IN_SEGMENT && code !== COLON)) next[i] = 1;
      else if (glyph === code || glyph === ANY_ONE || (glyph === ANY_ONE_IN_SEGMENT && code !== COLON)) {
        next[i + 1] = 1;
      }
    }
    skipEmptyRuns(glyphs, next);
    [reached, next] = [next, reached];
  }
  return reached[size] === 1;
}

/** A run may be empty: whatever reaches it also reaches what follows it. */
function skipEmptyRuns(glyphs: Glyphs, reached: Uint8Array): void {
  for (let i = 0; i < glyphs.length; i++) {
    const glyph = glyphs[i];
    if (reached[i] && (glyph === ANY_RUN || glyph === ANY_RUN_IN_SEGMENT)) reached[i + 1] = 1;
  }
}

/** The common patterns, plain text and plain text before one final `*`; undefined for any other. */
function matchesWithoutBranches(glyphs: Glyphs, text: string): boolean | undefined {
  for (let i = 0; i < glyphs.length; i++) {
    const glyph = glyphs[i] ?? 0;
    if (glyph === ANY_RUN && i === glyphs.length - 1) return true;
    if (glyph < 0) return undefined;
    if (glyph !== text.charCodeAt(i)) return false;
  }
  return text.length === glyphs.length;
}

/**
 * The pattern of a Resource element: an ARN in which wildcards stay inside their colon-separated segment, except a `*` that
 * ends one, and variables are known only after the fifth colon. An ARN that lacks segments is completed with `*`.
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

/** What a piece begins with; a variable is never a colon or an end. */
function firstGlyph(piece: Piece | undefined): number | undefined {
  if (piece === undefined) return undefined;
  return "variable" in piece ? ANY_ONE : piece[0];
}

/** Whether a pattern for an ARN matches one, field by field, as the ARN condition operators compare. */
export function matchesArn(glyphs: Glyphs, arn: string): boolean {
  const patternFields = splitFields([...glyphs], COLON);
  const fields = arn.split(":");
  const arnFields = fields.length > 6 ? [...fields.slice(0, 5), fields.slice(5).join(":")] : fields;
  return (
    patternFields.length === 6 &&
    arnFields.length === 6 &&
    patternFields.every((field, i) => matchesGlyphs(field, arnFields[i] ?? ""))
  );
}

function splitFields(glyphs: number[], separator: number): Glyphs[] {
  const fields: Glyphs[] = [];
  let rest = glyphs;
  while (fields.length < 5) {
    const at = rest.indexOf(separator);
    if (at === -1) break;
    fields.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...fields, rest];
}

/** The plain text of glyphs that hold no wildcard. */
export function textOf(glyphs: Glyphs): string {
  return String.fromCharCode(...glyphs);
}
