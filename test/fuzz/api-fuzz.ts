/**
 * A fuzz of the user pools API that keeps what it made: most of its requests are right, the others have a fault or two, and
 * every answer is checked. Operations that have succeeded seldom so far are called more often.
 */
import { type OperationName, operationNames } from "../../src/api-model/index.ts";
import { callOnWire } from "../recorded-answers/wire.ts";
import { listProblems, problemsAfter } from "./after-effects.ts";
import { problemsOf } from "./answers.ts";
import type { Generator } from "./inputs/generator.ts";
import { creationOf, mfaConfigOf, poolInputs, riskConfigOf } from "./inputs/pools.ts";
import { clientCreation, resourceInputs } from "./inputs/resources.ts";
import { selfServiceInputs } from "./inputs/self-service.ts";
import { userCreation, userInputs } from "./inputs/users.ts";
import { learn, secretsIn } from "./learn.ts";
import { mutated } from "./mutate.ts";
import { seededRandom } from "./random.ts";
import type { Answer, Json, Pool, PoolKind, World } from "./world.ts";

const inputs: Readonly<Record<OperationName, Generator>> = {
  ...poolInputs,
  ...resourceInputs,
  ...selfServiceInputs,
  ...userInputs,
};

const KINDS = ["plain", "full", "email", "custom"] as const satisfies readonly PoolKind[];

export interface FuzzResult {
  /** How often each operation was answered with each outcome: 200 or an exception. */
  readonly outcomes: ReadonlyMap<OperationName, ReadonlyMap<string, number>>;
  readonly requests: number;
  readonly problems: readonly string[];
  readonly secrets: ReadonlySet<string>;
}

export interface FuzzOptions {
  readonly url: string;
  readonly seed: number;
  /** How many operations are called; what that takes besides is not counted. */
  readonly steps: number;
}

export interface ApiFuzz {
  readonly world: World;
  /** Sends a request that has to succeed. */
  must(operation: OperationName, input: Json): Promise<void>;
  step(): Promise<void>;
  result(): FuzzResult;
}

export async function openApiFuzz({ url, seed }: Pick<FuzzOptions, "url" | "seed">): Promise<ApiFuzz> {
  const random = seededRandom(seed);
  const outcomes = new Map<OperationName, Map<string, number>>(
    operationNames().map((name) => [name, new Map()]),
  );
  const problems: string[] = [];
  let requests = 0;
  let offset = 0;

  async function send(operation: OperationName, input: Json): Promise<Answer> {
    requests++;
    for (const secret of secretsIn(input)) world.secrets.add(secret);
    const { status, text } = await callOnWire(url, operation, input);
    const report = (found: readonly string[]) =>
      problems.push(
        ...found.map((problem) => `${operation} ${JSON.stringify(input).slice(0, 500)}: ${problem}`),
      );
    report(problemsOf(operation, status, text));
    const body = text === "" ? {} : JSON.parse(text);
    const outcome = status === 200 ? "200" : (body.__type ?? String(status));
    const counts = outcomes.get(operation);
    counts?.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (process.env.COGNATE_FUZZ_SHOW === operation)
      console.log(operation, JSON.stringify(input).slice(0, 1500), text.slice(0, 600));
    if (status === 200) {
      for (const secret of secretsIn(body)) world.secrets.add(secret);
      learn(operation, input, body, world);
    }
    return { status, body };
  }

  const world: World = {
    random,
    url,
    pools: [],
    challenges: [],
    deletedPools: [],
    secrets: new Set(),
    send,
    now: () => Date.now() + offset,
    async advance(seconds) {
      offset += seconds * 1000;
      await fetch(`${url}/_cognate/clock`, {
        method: "POST",
        body: JSON.stringify({ advanceSeconds: seconds }),
      });
    },
  };

  async function must(operation: OperationName, input: Json): Promise<void> {
    const { status, body } = await send(operation, input);
    if (status !== 200) throw new Error(`${operation} ${JSON.stringify(input)}: ${JSON.stringify(body)}`);
  }

  /** A pool of a kind with something of everything that other operations need. */
  async function openPool(kind: PoolKind): Promise<void> {
    await must("CreateUserPool", creationOf(kind, world));
    const pool = world.pools.at(-1) as Pool;
    await must("SetUserPoolMfaConfig", mfaConfigOf(pool));
    const Identifier = `https://${random.word(4)}`;
    await must("CreateResourceServer", {
      UserPoolId: pool.id,
      Identifier,
      Name: "API",
      Scopes: [
        { ScopeName: "read", ScopeDescription: "r" },
        { ScopeName: "write", ScopeDescription: "w" },
      ],
    });
    for (const client of ["app", "secret", "machine", "rotating", "pages"] as const) {
      await must("CreateUserPoolClient", clientCreation(pool, client));
    }
    if (kind === "full") {
      await must("SetUserPoolSessionConfiguration", {
        UserPoolId: pool.id,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 20 },
      });
      await must("SetRiskConfiguration", riskConfigOf(pool, world));
    }
    await must("CreateGroup", { UserPoolId: pool.id, GroupName: "staff" });
    for (let count = 0; count < 4; count++)
      await must("AdminCreateUser", userCreation(pool, `u${random.word(6)}`));
  }

  /** Of some operations at random the one that has succeeded least. */
  function chosen(): OperationName {
    const successes = (name: OperationName) => outcomes.get(name)?.get("200") ?? 0;
    const some = Array.from({ length: 3 }, () => random.pickAny(operationNames()) ?? "ListUserPools");
    return some.reduce((best, name) => (successes(name) < successes(best) ? name : best));
  }

  async function step(): Promise<void> {
    for (const kind of KINDS) if (!world.pools.some((pool) => pool.kind === kind)) await openPool(kind);
    await world.advance(random.below(30));
    const operation = chosen();
    const right = await inputs[operation](world);
    if (right === undefined) return;
    const input = random.chance(0.35) ? mutated(right, world) : right;
    const { status } = await send(operation, input);
    if (status === 200) problems.push(...(await problemsAfter(operation, input, world)));
    if (random.chance(0.01)) {
      const pool = random.pickAny(world.pools);
      if (pool) problems.push(...(await listProblems(pool, world)));
    }
  }

  return { world, must, step, result: () => ({ outcomes, requests, problems, secrets: world.secrets }) };
}

export async function fuzzApi(options: FuzzOptions): Promise<FuzzResult> {
  const fuzz = await openApiFuzz(options);
  for (let count = 0; count < options.steps; count++) await fuzz.step();
  return fuzz.result();
}

/** One line for each operation: how often it succeeded, and what it answered else. */
export function tableOf({ outcomes }: FuzzResult): string {
  const rows = [...outcomes].map(([operation, counts]) => {
    const { 200: ok = 0, ...others } = Object.fromEntries(counts);
    const errors = Object.entries(others).sort(([, one], [, other]) => other - one);
    return `| ${operation} | ${ok} | ${errors.map(([name, count]) => `${name} ${count}`).join(", ")} |`;
  });
  return ["| operation | 200 | errors |", "| --- | --- | --- |", ...rows].join("\n");
}
