/**
 * The model's patterns are Java's; here they become functions that say whether all of a string matches.
 */
export type Matches = (text: string) => boolean;

/** Java's `\s`: ASCII only, where JavaScript's takes every Unicode space. */
const JAVA_SPACE = "\\t\\n\\v\\f\\r ";

const DOT_ALL = "(?s)";

const matchers = new Map<string, Matches>();

/**
 * The matcher of a pattern of the model.
 *
 * @throws SyntaxError the pattern uses something that JavaScript does not have
 */
export function matcherOf(pattern: string): Matches {
  let matches = matchers.get(pattern);
  if (!matches) {
    // The flag stands at the start, and in some patterns again later, where it changes nothing.
    const dotAll = pattern.startsWith(DOT_ALL);
    const body = dotAll ? pattern.replaceAll(DOT_ALL, "") : pattern;
    matches = compileGaps(body, dotAll) ?? compile(body, dotAll);
    matchers.set(pattern, matches);
  }
  return matches;
}

/** @param dotAll whether a dot takes line breaks too */
function compile(pattern: string, dotAll: boolean): Matches {
  const body = pattern
    // The same texts in time linear in their length: what stands between the first and the last character is free.
    .replace("[\\S]+.*[\\S]+", "[\\S].*[\\S]")
    .replaceAll("[\\S]", `[^${JAVA_SPACE}]`)
    .replaceAll("\\s", JAVA_SPACE);
  const expression = new RegExp(`^(?:${body})$`, dotAll ? "su" : "u");
  return (text) => expression.test(text);
}

/** One character class (or the dot) and its quantifier, at the start of a text. */
const REPEATED_CLASS = /^(\[(?:[^\]\\]|\\.)+\]|\.)[*+]/;

/**
 * Patterns such as `C*\{##C*##\}C*`, where `C` also takes the characters of the literals. A backtracking engine needs
 * time in the cube of the length for these, which a caller could use to stop the server. Their meaning is simple: every
 * character is in `C`, and the literals occur in order.
 *
 * @returns undefined when the pattern has another form
 */
function compileGaps(pattern: string, dotAll: boolean): Matches | undefined {
  const characterClass = REPEATED_CLASS.exec(pattern)?.[1];
  if (characterClass === undefined) return undefined;

  const parts = pattern.split(characterClass).slice(1);
  const [last, ...inner] = parts.toReversed();
  if (inner.length === 0 || (last !== "*" && last !== "+")) return undefined;

  const pieces: { readonly minGap: number; readonly literal: string }[] = [];
  for (const part of inner.toReversed()) {
    const literal = literalOf(part.slice(1));
    if (!/^[*+]/.test(part) || literal === undefined) return undefined;
    pieces.push({ minGap: part.startsWith("+") ? 1 : 0, literal });
  }
  const ofClass = compile(`${characterClass}*`, dotAll);
  if (!pieces.every(({ literal }) => ofClass(literal))) return undefined;

  const minLastGap = last === "+" ? 1 : 0;
  return (text) => {
    let position = 0;
    for (const { minGap, literal } of pieces) {
      const found = text.indexOf(literal, position + minGap);
      if (found === -1) return false;
      position = found + literal.length;
    }
    return text.length - position >= minLastGap && ofClass(text);
  };
}

/**
 * The text that a piece of pattern matches literally; undefined if it contains more than plain or escaped characters.
 */
function literalOf(piece: string): string | undefined {
  if (!/^(?:[\w#@]|\\[^\w])+$/.test(piece)) return undefined;
  return piece.replace(/\\(.)/g, "$1");
}
