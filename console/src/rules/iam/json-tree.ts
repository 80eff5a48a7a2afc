/**
 * JSON with the line of each value, for editors that show the line of an error. JSON.parse reports no line in some
 * browsers.
 */

export type JsonTree = { readonly line: number } & (
  | { readonly kind: "object"; readonly members: readonly JsonMember[] }
  | { readonly kind: "array"; readonly items: readonly JsonTree[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "other" }
);

export interface JsonMember {
  readonly name: string;
  readonly line: number;
  readonly value: JsonTree;
}

export type JsonFault = "value" | "name" | "colon" | "comma" | "end" | "duplicate";

/** A text that is not JSON. Two members of one name are a fault too. */
export class JsonSyntaxError extends Error {
  readonly line: number;
  readonly fault: JsonFault;
  constructor(line: number, fault: JsonFault) {
    super(`Line ${line}: ${fault}`);
    this.line = line;
    this.fault = fault;
  }
}

/** Deeper is no document that a person writes, and would exhaust the stack. */
const MAX_DEPTH = 100;

/** RFC 8259: a punctuation mark, a string, or another value. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

/** @throws JsonSyntaxError */
export function readJsonTree(json: string): JsonTree {
  let at = 0;
  const lineAt = (offset: number) => json.slice(0, offset).split("\n").length;

  /** The next token and where it ends; undefined where there is none. */
  const peek = () => {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(json);
    if (found === null) return undefined;
    const [, mark, text, other] = found;
    return { mark, text, other, end: TOKEN.lastIndex };
  };
  const fail = (fault: JsonFault): never => {
    // At the first character that fits nothing, not at the space before it.
    const rest = /^\s*/.exec(json.slice(at))?.[0].length ?? 0;
    const offset = at + rest >= json.length ? json.trimEnd().length : at + rest;
    throw new JsonSyntaxError(lineAt(offset), fault);
  };
  const take = (mark: string): boolean => {
    const token = peek();
    if (token?.mark !== mark) return false;
    at = token.end;
    return true;
  };

  function value(depth: number): JsonTree {
    const token = peek() ?? fail("value");
    if (depth > MAX_DEPTH) fail("value");
    if (token.mark !== undefined && token.mark !== "{" && token.mark !== "[") fail("value");
    at = token.end;
    const line = lineAt(at);
    if (token.mark === "{") return { kind: "object", line, members: members(depth + 1) };
    if (token.mark === "[") return { kind: "array", line, items: items(depth + 1) };
    if (token.text === undefined) return { kind: "other", line };
    return { kind: "text", line, text: JSON.parse(token.text) as string };
  }

  function members(depth: number): JsonMember[] {
    const found: JsonMember[] = [];
    if (take("}")) return found;
    for (;;) {
      const token = peek();
      if (token?.text === undefined) return fail("name");
      at = token.end;
      const name = JSON.parse(token.text) as string;
      const line = lineAt(at);
      if (found.some((other) => other.name === name)) throw new JsonSyntaxError(line, "duplicate");
      if (!take(":")) fail("colon");
      found.push({ name, line, value: value(depth) });
      if (take("}")) return found;
      if (!take(",")) fail("comma");
    }
  }

  function items(depth: number): JsonTree[] {
    const found: JsonTree[] = [];
    if (take("]")) return found;
    for (;;) {
      found.push(value(depth));
      if (take("]")) return found;
      if (!take(",")) fail("comma");
    }
  }

  const tree = value(0);
  if (json.slice(at).trim() !== "") fail("end");
  return tree;
}
