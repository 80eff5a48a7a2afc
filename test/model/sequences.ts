/**
 * Random sequences of steps on a model and on every engine. A step is one operation: what it is asked, and what the model says
 * that it answers. After each step the model and the engines must agree on the answer, on the messages that were sent, and on
 * what the pool looks like.
 */
import fc from "fast-check";
import { expect } from "vitest";
import type { OperationName } from "../../src/api-model/index.ts";
import type { Answer, Engine, Json } from "./engines.ts";
import { HOUR, SECOND } from "./time.ts";

/** What a model throws where an operation refuses. */
export class Refusal extends Error {
  readonly exception: string;
  /** The text, where it is known and says more than the name. */
  readonly text: string | undefined;
  constructor(exception: string, text?: string) {
    super(exception);
    this.exception = exception;
    this.text = text;
  }
}

/** What every model has. */
export interface Model {
  /** Milliseconds. */
  now: number;
  /** Every message that was sent: the name of its code, or undefined, and where it went. */
  readonly messages: { readonly code?: string; readonly to: string }[];
}

/** One operation of a model. */
export interface Step<M, Args> {
  /** An operation, or the path of another endpoint. */
  readonly operation: OperationName | `/${string}`;
  /** Asks another endpoint. @param input what `input` gave */
  ask?(engine: Engine, args: Args, node: number, input: Json): Promise<Answer>;
  /** What it is called with, apart from the state. */
  readonly args: fc.Arbitrary<Args>;
  /** How often it comes, compared with others; once, where left out. */
  readonly weight?: number;
  /** Whether there is a point in calling it in this state; always, where left out. */
  possible?(model: M, args: Args): boolean;
  /** Gives names to what the request needs of an engine. */
  prepare?(engine: Engine, model: M, args: Args): void;
  /** The request, in names. */
  input(model: M, args: Args): Json;
  /** What the model answers; it changes the model. @throws Refusal */
  rule(model: M, args: Args): Json;
  /** The part of an output that the model knows; the whole of it where left out. */
  view?(output: Json): Json;
  /** Whether the order of a list that is answered is not the model's to say. */
  readonly isSet?: boolean;
  /** Gives names to what the output holds. Names that the model gives are in `expected`. */
  learn?(output: Json, expected: Json, engine: Engine): void;
}

/** How a sequence begins, and what is looked at after each step. */
export interface Scene<M extends Model> {
  readonly model: M;
  /** Makes the pool on an engine. */
  prepare(engine: Engine): Promise<void>;
  /** What the pool looks like on an engine. */
  probe(engine: Engine, model: M, node: number): Promise<Json>;
  /** What it looks like in the model. */
  state(model: M): Json;
  /** Deletes the pool, if DeleteUserPool alone does not. */
  end?(engine: Engine): Promise<void>;
}

/** When sequences begin. */
export const BEGINNING = Date.UTC(2026, 0, 1);

/** A request of ours that must succeed. */
export async function must(engine: Engine, operation: OperationName, input: Json, node = 0): Promise<Json> {
  const { output, exception, message } = await engine.call(operation, input, node);
  if (exception !== undefined) throw new Error(`${engine.name}: ${operation} ${exception} ${message}`);
  return output;
}

/** Of what should rarely be otherwise. */
export const mostly = fc.nat(3).map((number) => number > 0);
export const almostAlways = fc.nat(9).map((number) => number > 0);

async function deletePool(engine: Engine): Promise<void> {
  await must(engine, "DeleteUserPool", { UserPoolId: "«pool»" });
}

type Command<M extends Model> = fc.AsyncCommand<M, Run<M>>;

interface Run<M extends Model> {
  readonly engines: readonly Engine[];
  readonly scene: Scene<M>;
}

/** A step as commands of fast-check, one for each part of its weight. */
export function commandOf<M extends Model, Args>(step: Step<M, Args>): fc.Arbitrary<Command<M>>[] {
  const command = fc.tuple(step.args, fc.nat(1)).map(
    ([args, node]): Command<M> => ({
      check: (model) => step.possible?.(model, args) ?? true,
      run: (model, run) => take(step, args, node, model, run),
      toString: () => `${step.operation}(${JSON.stringify(args)})`,
    }),
  );
  return Array<fc.Arbitrary<Command<M>>>(step.weight ?? 1).fill(command);
}

/** Lets time pass, one of `times` in milliseconds. */
export function waiting<M extends Model>(times: readonly number[]): fc.Arbitrary<Command<M>> {
  return fc.constantFrom(...times).map(
    (milliseconds): Command<M> => ({
      check: () => true,
      run: async (model) => {
        model.now += milliseconds;
      },
      toString: () => `wait(${milliseconds / 1000} s)`,
    }),
  );
}

function asked<M, Args>(
  { operation, ask }: Step<M, Args>,
  args: Args,
  input: Json,
  engine: Engine,
  node: number,
): Promise<Answer> {
  if (ask !== undefined) return ask(engine, args, node, input);
  if (!isOperation(operation)) throw new Error(`Nothing says how ${operation} is asked.`);
  return engine.call(operation, input, node);
}
const isOperation = (operation: string): operation is OperationName => !operation.startsWith("/");

async function take<M extends Model, Args>(
  step: Step<M, Args>,
  args: Args,
  node: number,
  model: M,
  { engines, scene }: Run<M>,
): Promise<void> {
  model.now += SECOND;
  for (const engine of engines) engine.setTime(model.now);
  for (const engine of engines) step.prepare?.(engine, model, args);
  const input = step.input(model, args);
  const answers = await Promise.all(engines.map((engine) => asked(step, args, input, engine, node)));

  const sentBefore = model.messages.length;
  const expected = outcome(() => step.rule(model, args));
  const view = step.view ?? ((output: Json) => output);
  count(step.operation, expected.exception ?? "success");
  for (const [index, engine] of engines.entries()) {
    const { output, exception, message } = answers[index] ?? {};
    if (exception === undefined && expected.exception === undefined)
      step.learn?.(output, expected.output, engine);
    const seen = exception === undefined ? engine.named(view(output)) : undefined;
    if (step.isSet) seen?.sort();
    const got =
      exception === undefined
        ? { output: seen }
        : { exception, ...(expected.message !== undefined && { message }) };
    const context = `${engine.name}: ${step.operation}(${JSON.stringify(input)}) answered ${message ?? ""}`;
    expect(got, context).toEqual(expected);
  }
  const texts = engines.map((engine, index) => engine.named(answers[index]?.message));
  expect(texts, "texts of the engines").toEqual(texts.map(() => texts[0]));

  if (model.messages.length > sentBefore) {
    for (const engine of engines) await learnCodes(engine, model, sentBefore);
  }
  const state = scene.state(model);
  for (const engine of engines) {
    const probed = engine.named(await scene.probe(engine, model, node));
    expect(probed, `${engine.name} after ${step.operation}(${JSON.stringify(input)})`).toEqual(state);
  }
}

/** What was sent since, of which messages of one moment have no order. */
async function learnCodes(engine: Engine, model: Model, sentBefore: number): Promise<void> {
  const all = await engine.messages("«pool»", model.messages.length);
  const sent = all.slice(sentBefore);
  const expected = model.messages.slice(sentBefore);
  expect(sent.map(({ destination }) => destination).sort()).toEqual(expected.map(({ to }) => to).sort());
  for (const { code, to } of expected) {
    if (code !== undefined) engine.bindCode(code, sent.find(({ destination }) => destination === to)?.code);
  }
}

/** Messages that no step should have sent would only be noticed by the next one that sends some. */
async function requireNoOtherMessage(engine: Engine, { messages }: Model): Promise<void> {
  const sent = await engine.messages("«pool»", messages.length);
  const destinations = sent.map(({ destination }) => destination);
  expect(destinations.sort(), `${engine.name}: messages`).toEqual(messages.map(({ to }) => to).sort());
}

function outcome(rule: () => Json): Answer {
  try {
    return { output: rule() };
  } catch (error) {
    if (error instanceof Refusal)
      return { exception: error.exception, ...(error.text !== undefined && { message: error.text }) };
    throw error;
  }
}

/** How often each operation was answered how. */
const counts = new Map<string, Map<string, number>>();
function count(operation: string, answer: string): void {
  const answers = counts.get(operation) ?? new Map<string, number>();
  counts.set(operation, answers.set(answer, (answers.get(answer) ?? 0) + 1));
}
function tableOfCounts(): string {
  const rows = [...counts].map(
    ([operation, answers]) =>
      `| ${operation} | ${[...answers].map(([answer, times]) => `${answer}: ${times}`).join(", ")} |`,
  );
  return rows.sort().join("\n");
}

const RUNS = process.env.COGNATE_FUZZ_RUNS;
const SEED = process.env.COGNATE_FUZZ_SEED;

/**
 * Runs sequences of the commands. COGNATE_FUZZ_RUNS and COGNATE_FUZZ_SEED ask for others; a failure names its seed and path, and
 * prints the shortest sequence that fails, or with COGNATE_FUZZ_SHRINK=0 the one that failed. COGNATE_FUZZ_TABLE=1 prints what each operation answered.
 */
export async function runSequences<M extends Model, Settings>(
  engines: readonly Engine[],
  {
    settings,
    commands,
    open,
    runs,
    seed,
    steps,
  }: {
    readonly settings: fc.Arbitrary<Settings>;
    readonly commands: fc.Arbitrary<Command<M>>[];
    readonly open: (settings: Settings) => Scene<M>;
    /** How many sequences the suite tries. */
    readonly runs: number;
    readonly seed: number;
    /** How many steps a sequence has at most. */
    readonly steps: number;
  },
): Promise<void> {
  let beginning = BEGINNING;
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.commands(commands, { maxCommands: steps, size: "max" }),
      async (made, taken) => {
        const scene = open(made);
        // Time does not go back, so that nothing of a sequence before is younger than the next one. Each begins at a full hour: codes of
        // apps depend on the half minute, and a sequence must answer the same when it is run alone.
        scene.model.now = beginning;
        for (const engine of engines) {
          engine.begin();
          engine.setTime(scene.model.now);
          await scene.prepare(engine);
        }
        try {
          await fc.asyncModelRun(() => ({ model: scene.model, real: { engines, scene } }), taken);
          for (const engine of engines) await requireNoOtherMessage(engine, scene.model);
        } finally {
          beginning = (Math.floor(scene.model.now / HOUR) + 1) * HOUR;
          await Promise.all(engines.map((engine) => (scene.end ?? deletePool)(engine)));
        }
      },
    ),
    // A bias to small values would make the sequences short.
    {
      numRuns: Number(RUNS ?? runs),
      seed: Number(SEED ?? seed),
      unbiased: true,
      endOnFailure: process.env.COGNATE_FUZZ_SHRINK === "0",
    },
  );
  if (process.env.COGNATE_FUZZ_TABLE) console.log(tableOfCounts());
}
