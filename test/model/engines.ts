/**
 * The servers that a model is compared with: one on SQLite, one on Postgres, and two nodes on one Postgres. All are asked the
 * same, at the same time of day: their clocks stand still between two steps.
 *
 * What a server makes up (an ID, a code, a token) has a name in a sequence, such as `«user 1»`. An engine remembers the value
 * of each name, writes it into requests, and puts the name in its place in answers, so that answers of all engines and of
 * the model can be compared.
 */
import { afterAll, beforeAll } from "vitest";
import type { OperationName } from "../../src/api-model/index.ts";
import { createDatabase } from "../support/database.ts";
import { type InboxMessage, inbox } from "../support/inbox.ts";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are compared with a model's, which says what they hold
export type Json = any;

/** An operation's output, or its exception. */
export interface Answer {
  readonly output?: Json;
  readonly exception?: string;
  readonly message?: string;
}

export interface Engine {
  readonly name: string;
  readonly nodes: number;
  /** Calls an operation as the administrator. @param node which of the nodes is asked, modulo their number */
  call(operation: OperationName, input: Json, node: number): Promise<Answer>;
  /** Sends any other request. */
  fetch(path: string, init: RequestInit, node: number): Promise<Response>;
  /** Waits until there are `count` messages of a pool. @returns all of them, the oldest first */
  messages(pool: string, count: number): Promise<InboxMessage[]>;
  /** Gives a name to what the server made up. */
  bind(name: string, value: string | undefined): void;
  /** Gives a name to a code, which is never in an answer: six digits may be in anything. */
  bindCode(name: string, value: string | undefined): void;
  valueFor(name: string): string;
  /** `value` with names in place of what the server made up. */
  named(value: Json): Json;
  /** Begins a sequence: no names. */
  begin(): void;
  setTime(epochMilliseconds: number): void;
  stop(): Promise<void>;
}

/** Keys that the server does not know are the administrator's in `dev`. The date is held against the system's. */
function administrator(): Record<string, string> {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${now.slice(0, 8)}/us-east-1/cognito-idp/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAMODEL/${scope}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0`,
    "x-amz-date": now,
    "content-type": "application/x-amz-json-1.1",
  };
}

/** A name of something that a server made up. */
const NAME = /«[^»]+»/g;

function openEngine(name: string, nodes: readonly TestServer[]): Engine {
  const values = new Map<string, string>();
  const codes = new Map<string, string>();
  const nodeAt = (index: number) => {
    const node = nodes[index % nodes.length];
    if (node === undefined) throw new Error(`${name} has no nodes.`);
    return node;
  };
  for (const node of nodes) clockOf(node).stop();
  /** What a name stands for; the name itself for what was never made. */
  const valueFor = (text: string) =>
    values.get(text) ?? codes.get(text) ?? text.slice(1, -1).replaceAll(" ", "-");

  return {
    name,
    nodes: nodes.length,
    valueFor,
    bind(text, value) {
      if (value !== undefined) values.set(text, value);
    },
    bindCode(text, value) {
      if (value !== undefined) codes.set(text, value);
    },
    named(value) {
      let text = JSON.stringify(value ?? null);
      for (const [known, made] of values) text = text.replaceAll(made, known);
      return JSON.parse(text);
    },
    begin() {
      values.clear();
      codes.clear();
    },
    setTime(epochMilliseconds) {
      for (const node of nodes) clockOf(node).set(epochMilliseconds);
    },
    async call(operation, input, index) {
      const response = await fetch(nodeAt(index).url, {
        method: "POST",
        headers: { ...administrator(), "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` },
        body: JSON.stringify(input).replaceAll(NAME, valueFor),
      });
      const text = await response.text();
      const body = text === "" ? {} : JSON.parse(text);
      if (response.ok) return { output: body };
      if (response.status !== 400)
        throw new Error(`${name}: ${operation} answered ${response.status} ${text}`);
      return { exception: body.__type, message: body.message };
    },
    fetch: (path, init, index) => fetch(`${nodeAt(index).url}${path}`, { redirect: "manual", ...init }),
    async messages(pool, count) {
      const query = { poolId: valueFor(pool), limit: "200" };
      const node = nodeAt(0);
      // A message that must not tell who exists is sent just after the answer.
      for (let tries = 0; ; tries++) {
        const messages = await inbox(node, query);
        if (messages.length >= count || tries === 100) return messages.toReversed();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

/** Starts the engines for the tests of a file: all, or those that COGNATE_MODEL_ENGINES names. Called once, at the top of the file. */
export function startEngines(): readonly Engine[] {
  const engines: Engine[] = [];
  beforeAll(() => openEngines(engines));
  afterAll(() => Promise.all(engines.map((engine) => engine.stop())));
  return engines;
}

async function openEngines(engines: Engine[]): Promise<void> {
  const masterKey = Buffer.alloc(32, 7).toString("base64");
  const kinds: Readonly<Record<string, () => Promise<TestServer[]>>> = {
    sqlite: async () => [await startTestServer()],
    postgres: async () => [await startTestServer({ databaseUrl: await createDatabase() })],
    async nodes() {
      // One URL, because nodes behind one name issue the same tokens.
      const shared = { databaseUrl: await createDatabase(), masterKey, publicUrl: "https://id.example.com" };
      const first = await startTestServer(shared);
      return [first, await startTestServer(shared)];
    },
  };
  const wanted = process.env.COGNATE_MODEL_ENGINES?.split(",") ?? Object.keys(kinds);
  for (const name of wanted) {
    const nodes = await kinds[name]?.();
    if (nodes === undefined) throw new Error(`There is no engine ${name}.`);
    engines.push(openEngine(name, nodes));
  }
}
