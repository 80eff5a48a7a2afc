import { LRUCache } from "lru-cache";
import { type Condition, compileCondition } from "./conditions.ts";
import {
  type Either,
  type PolicyDocument,
  type PolicyKind,
  type Principals,
  parsePolicy,
  policySize,
  type Statement,
} from "./document.ts";
import { matchesGlyphs } from "./match.ts";
import {
  type KeyLookup,
  type Pattern,
  parsePattern,
  parseResourcePattern,
  resolvePattern,
} from "./pattern.ts";

/** The request that a policy is evaluated for. */
export interface PolicyRequest {
  /** For example `cognito-idp:AdminGetUser`. */
  readonly action: string;
  /** An ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  readonly lookup: KeyLookup;
}

export interface CompiledStatement {
  readonly effect: "Allow" | "Deny";
  /** Trust policies only. */
  readonly principals: Either<Principals> | undefined;
  /** Whether it applies to the action and the resource, and its conditions are met. */
  readonly applies: (request: PolicyRequest) => boolean;
}

/** A policy ready to be evaluated. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  /** The condition keys that it may ask for, in lower case: its conditions' and its variables'. */
  readonly keys: ReadonlySet<string>;
  /** Characters of its document without white space, which limit the cost of one evaluation. */
  readonly size: number;
}

/** Characters of the documents kept compiled. One takes about 24 bytes compiled, so this is some 24 MB. */
const CACHED_CHARACTERS = 1_000_000;
const compiled = new LRUCache<string, CompiledPolicy>({
  maxSize: CACHED_CHARACTERS,
  sizeCalculation: (_, name) => name.length,
});

/**
 * Replaces a document that cannot be parsed for any reason. It denies, because the document might contain a Deny.
 *
 * @see OWASP ASVS 5.0.0, 16.5.3 (fail closed)
 */
const DENIES_EVERYTHING: CompiledPolicy = {
  statements: [{ effect: "Deny", principals: undefined, applies: () => true }],
  keys: new Set(),
  size: 0,
};

/** Compiles a stored document, or finds it compiled. An invalid document denies everything. */
export function compilePolicy(text: string, kind: PolicyKind): CompiledPolicy {
  const name = `${kind} ${text}`;
  const known = compiled.get(name);
  if (known) return known;
  let policy: CompiledPolicy;
  try {
    policy = compileDocument(parsePolicy(text, kind), text);
  } catch {
    policy = DENIES_EVERYTHING;
  }
  compiled.set(name, policy);
  return policy;
}

/** Compiles a document that is evaluated once and not kept. @param text of the document */
export function compileDocument({ statements, hasVariables }: PolicyDocument, text: string): CompiledPolicy {
  const keys = new Set<string>();
  return {
    statements: statements.map((one) => compileStatement(one, hasVariables, keys)),
    keys,
    size: policySize(text),
  };
}

function compileStatement(statement: Statement, variables: boolean, keys: Set<string>): CompiledStatement {
  const actions = statement.actions.values.map((action) =>
    parsePattern(action.toLowerCase(), { wildcards: true, variables: false }),
  );
  const resources = statement.resources?.values.map((resource) => resourceMatcher(resource, variables, keys));
  const conditions = statement.conditions.map(({ operator, key, values }): Condition => {
    if (variables)
      for (const value of values) noteVariables(parsePattern(value, { wildcards: false, variables }), keys);
    keys.add(key.toLowerCase());
    return compileCondition(operator, key, values, { variables });
  });
  return {
    effect: statement.effect,
    principals: statement.principals,
    applies({ action, resource, lookup }) {
      const lowerCaseAction = action.toLowerCase();
      const matchesAction = actions.some((pattern) => matchesGlyphs(pattern.fixed ?? [], lowerCaseAction));
      if (matchesAction === statement.actions.not) return false;
      if (resources) {
        const matchesResource = resources.some((matches) => matches(resource, lookup));
        if (matchesResource === statement.resources?.not) return false;
      }
      return conditions.every((holds) => holds(lookup));
    },
  };
}

function resourceMatcher(
  resource: string,
  variables: boolean,
  keys: Set<string>,
): (resource: string, lookup: KeyLookup) => boolean {
  if (/^\*+$/.test(resource)) return () => true;
  const pattern = parseResourcePattern(resource, { variables });
  noteVariables(pattern, keys);
  return (asked, lookup) => {
    const glyphs = resolvePattern(pattern, lookup, asked.length);
    return glyphs !== undefined && matchesGlyphs(glyphs, asked);
  };
}

function noteVariables(pattern: Pattern, keys: Set<string>): void {
  for (const piece of pattern.pieces) if ("variable" in piece) keys.add(piece.variable);
}
