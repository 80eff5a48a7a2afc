/**
 * Matching of patterns with wildcards. The time is limited by the lengths of pattern and text, for any content.
 *
 * Texts between runs are found with `indexOf`. A pattern with other wildcards is a chain of states, one before each
 * expected character. The states that the text so far can reach are bits of a few words, so that a character of the
 * text costs one step for 32 characters of the pattern.
 *
 * @see Baeza-Yates and Gonnet, "A new approach to text searching" (1992)
 */

/** A parsed pattern: the character code of each literal character, or one of {@link ANY_RUN}… */
export type Glyphs = readonly number[];

/** `*`: any run of characters. */
export const ANY_RUN = -1;
/** `*` inside a segment of an ARN: any run without a colon. */
export const ANY_RUN_IN_SEGMENT = -2;
/** `?`: any one character. */
export const ANY_ONE = -3;
/** `?` inside a segment of an ARN: any one character but a colon. */
export const ANY_ONE_IN_SEGMENT = -4;

export const COLON = 58;

/** Whether a pattern matches the whole of a text. */
export function matchesGlyphs(glyphs: Glyphs, text: string): boolean {
  const { texts, chain } = matcherOf(glyphs);
  return texts ? matchesTexts(texts, text) : matchesByStates(chain, text);
}

/** How a pattern is matched: by the texts between its runs or, where it has other wildcards, by states. */
type Matcher =
  | { readonly texts: readonly string[]; readonly chain?: never }
  | { readonly texts?: never; readonly chain: Chain };

/** Patterns without variables are matched again and again. */
const matchers = new WeakMap<Glyphs, Matcher>();

function matcherOf(glyphs: Glyphs): Matcher {
  const known = matchers.get(glyphs);
  if (known) return known;
  const texts = textsOf(glyphs);
  const matcher = texts ? { texts } : { chain: chainOf(glyphs) };
  matchers.set(glyphs, matcher);
  return matcher;
}

/** The texts before, between and after the runs of a pattern; undefined when it has other wildcards than `*`. */
function textsOf(glyphs: Glyphs): string[] | undefined {
  const texts = [""];
  for (const glyph of glyphs) {
    if (glyph === ANY_RUN) texts.push("");
    else if (glyph < 0) return undefined;
    else texts[texts.length - 1] += String.fromCharCode(glyph);
  }
  return texts;
}

/** Each text between two runs is found where it comes first: what follows has the most room then. */
function matchesTexts(texts: readonly string[], text: string): boolean {
  const first = texts[0] ?? "";
  if (texts.length === 1) return text === first;
  const last = texts.at(-1) ?? "";
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (let i = 1; i < texts.length - 1; i++) {
    const middle = texts[i] ?? "";
    const at = text.indexOf(middle, from);
    if (at === -1) return false;
    from = at + middle.length;
  }
  return from <= end;
}

/** Sets of states, as bits: state `i` wants character `i` of the pattern, the last one wants no more. */
interface Chain {
  readonly size: number;
  /** Words that a set takes. */
  readonly words: number;
  /** The states that a character continues, by its code. */
  readonly advances: ReadonlyMap<number, Int32Array>;
  /** The states that any character, or any except a colon, continues. */
  readonly advancesOnAny: Int32Array;
  readonly advancesInSegment: Int32Array;
  /** The states that any character, or any but a colon, keeps: those after a `*`. */
  readonly staysOnAny: Int32Array;
  readonly staysInSegment: Int32Array;
}

function chainOf(glyphs: Glyphs): Chain {
  const size = glyphs.filter((glyph) => glyph !== ANY_RUN && glyph !== ANY_RUN_IN_SEGMENT).length;
  const words = (size >> 5) + 1;
  const set = () => new Int32Array(words);
  const advances = new Map<number, Int32Array>();
  const [advancesOnAny, advancesInSegment, staysOnAny, staysInSegment] = [set(), set(), set(), set()];
  const statesOf = (glyph: number): Int32Array => {
    if (glyph === ANY_ONE) return advancesOnAny;
    if (glyph === ANY_ONE_IN_SEGMENT) return advancesInSegment;
    const states = advances.get(glyph) ?? set();
    advances.set(glyph, states);
    return states;
  };
  let state = 0;
  for (const glyph of glyphs) {
    if (glyph === ANY_RUN) add(staysOnAny, state);
    else if (glyph === ANY_RUN_IN_SEGMENT) add(staysInSegment, state);
    else {
      add(statesOf(glyph), state++);
    }
  }
  return { size, words, advances, advancesOnAny, advancesInSegment, staysOnAny, staysInSegment };
}

function add(set: Int32Array, state: number): void {
  const word = state >> 5;
  set[word] = (set[word] ?? 0) | (1 << (state & 31));
}

function matchesByStates(chain: Chain, text: string): boolean {
  const { size, words, advances, advancesOnAny, advancesInSegment, staysOnAny, staysInSegment } = chain;
  if (words === 1) return matchesByOneWord(chain, text);
  const reached = new Int32Array(words);
  reached[0] = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const advancing = advances.get(code);
    let carried = 0;
    let any = 0;
    for (let word = 0; word < words; word++) {
      const states = reached[word] ?? 0;
      let ahead = (advancing?.[word] ?? 0) | (advancesOnAny[word] ?? 0);
      let kept = staysOnAny[word] ?? 0;
      if (code !== COLON) {
        ahead |= advancesInSegment[word] ?? 0;
        kept |= staysInSegment[word] ?? 0;
      }
      const moved = states & ahead;
      const next = (moved << 1) | carried | (states & kept);
      carried = moved >>> 31;
      reached[word] = next;
      any |= next;
    }
    if (any === 0) return false;
  }
  return ((reached[size >> 5] ?? 0) & (1 << (size & 31))) !== 0;
}

/** The same for the short patterns that most are, ten times as fast. */
function matchesByOneWord(chain: Chain, text: string): boolean {
  const { size, advances } = chain;
  const [onAny = 0, inSegment = 0, stays = 0, staysInSegment = 0] = [
    chain.advancesOnAny[0],
    chain.advancesInSegment[0],
    chain.staysOnAny[0],
    chain.staysInSegment[0],
  ];
  let states = 1;
  for (let at = 0; at < text.length && states !== 0; at++) {
    const code = text.charCodeAt(at);
    const advancing = (advances.get(code)?.[0] ?? 0) | onAny;
    states =
      code === COLON
        ? ((states & advancing) << 1) | (states & stays)
        : ((states & (advancing | inSegment)) << 1) | (states & (stays | staysInSegment));
  }
  return (states & (1 << size)) !== 0;
}
