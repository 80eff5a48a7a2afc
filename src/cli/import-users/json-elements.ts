/**
 * Splits a JSON file into the elements of one array, and parses one of them at a time. Libraries that parse a stream of
 * JSON make an event of each token, which is some ten times slower.
 */
import { SourceProblem } from "./records.ts";

export interface JsonElement {
  readonly text: string;
  /** Bytes of the file up to the end of the element. */
  readonly end: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The longest element; exports have a few KB for each. */
const MAX_ELEMENT_BYTES = 4 * 1024 * 1024;

/**
 * @param key of the outermost object, whose value is the array; the file may also be the array itself
 * @throws SourceProblem the file is cut off, is no JSON, or has no such array of objects
 */
export async function* jsonElements(chunks: AsyncIterable<Buffer>, key: string): AsyncGenerator<JsonElement> {
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  /** The depth of the array's elements, while the array is open. */
  let elementDepth = -1;
  let wasFound = false;
  /** The last text of the outermost object: a name, if a colon follows. */
  let outerText: number[] = [];
  let isNamed = false;
  /** Of the element that is open: where it starts in this chunk, and what came in chunks before. */
  let start = -1;
  let parts: Buffer[] = [];
  let offset = 0;

  for await (const chunk of chunks) {
    if (start !== -1) start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] as number;
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInText = false;
        else if (depth === 1 && elementDepth === -1) outerText.push(byte);
        continue;
      }
      if (byte <= 0x20) continue;
      const isBetweenElements = depth === elementDepth && start === -1;
      if (isBetweenElements && byte !== OPEN_OBJECT && byte !== CLOSE_ARRAY && byte !== COMMA)
        throw new SourceProblem("has something else than objects in its list of users.");
      switch (byte) {
        case QUOTE:
          isInText = true;
          if (depth === 1) outerText = [];
          break;
        case COLON:
          if (depth === 1) isNamed = Buffer.from(outerText).toString() === key;
          break;
        case COMMA:
          if (depth === 1) isNamed = false;
          break;
        case OPEN_OBJECT:
        case OPEN_ARRAY:
          if (isBetweenElements) start = index;
          depth += 1;
          if (byte === OPEN_ARRAY && elementDepth === -1 && (depth === 1 || (depth === 2 && isNamed))) {
            elementDepth = depth;
            wasFound = true;
          }
          break;
        case CLOSE_OBJECT:
        case CLOSE_ARRAY:
          depth -= 1;
          if (depth < 0) throw new SourceProblem("is no JSON.");
          if (depth === elementDepth && start !== -1) {
            const text = Buffer.concat([...parts, chunk.subarray(start, index + 1)]).toString();
            yield { text, end: offset + index + 1 };
            start = -1;
            parts = [];
          } else if (depth < elementDepth) elementDepth = -1;
          break;
        default:
          if (depth === 0 && !(offset === 0 && BYTE_ORDER_MARK[index] === byte))
            throw new SourceProblem("is no JSON.");
      }
    }
    if (start !== -1) {
      parts.push(chunk.subarray(start));
      if (parts.reduce((sum, { length }) => sum + length, 0) > MAX_ELEMENT_BYTES)
        throw new SourceProblem("has a user of more than 4 MB.");
    }
    offset += chunk.length;
  }
  if (depth !== 0 || isInText) throw new SourceProblem("ends in the middle: it is not whole.");
  if (!wasFound) throw new SourceProblem(`has no list "${key}".`);
}
