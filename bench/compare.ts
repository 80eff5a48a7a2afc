/**
 * Compares this checkout with another one, for example of the last release:
 * `node bench/compare.ts OTHER_CHECKOUT [--pairs 30] [--only SCENARIO,…] [--sizes 1000] [--profile DIR]`.
 *
 * Both servers run at once and take turns in short rounds, so that what else the machine does falls on both. A rate still
 * depends on how much of the cores is left to the server; the processor time of a step does so far less, and decides. Of many
 * rounds the lower quartile counts.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ScenarioFailed, startLoadGenerator } from "./load/load.ts";
import { type ScenarioName, scenarios } from "./load/scenarios.ts";
import { median } from "./median.ts";
import { readScenario } from "./plan.ts";
import { type ProcessorTime, processorTime } from "./processor-time.ts";
import { say } from "./say.ts";
import type { prepareCognate } from "./subjects/cognate.ts";
import type { StartedServer } from "./subjects/subject.ts";
import type { Target } from "./subjects/target.ts";

const here = join(import.meta.dirname, "..");
/** A row that takes so much more processor time fails the comparison. */
const ALLOWED_SLOWDOWN = 0.05;
const CONNECTIONS = 16;
const ROUND_MILLISECONDS = 300;
/** Rounds that nothing is noted of: a larger program takes longer until it is compiled. */
const WARM_UP_ROUNDS = 6;

interface Side {
  readonly server: StartedServer;
  readonly target: Target;
}

/** One round of one side. */
interface Sample {
  readonly perSecond: number;
  /** In microseconds for each step. */
  readonly cost: ProcessorTime;
}

const { values, positionals } = parseArgs({
  options: {
    pairs: { type: "string", default: "30" },
    only: { type: "string", default: Object.keys(scenarios).join() },
    sizes: { type: "string", default: "1000" },
    profile: { type: "string" },
  },
  allowPositionals: true,
});
const chosen = values.only.split(",").map(readScenario);
const [other] = positionals;
if (other === undefined) throw new TypeError("Name the folder of the other checkout.");

const folder = await mkdtemp(join(tmpdir(), "cognate-compare-"));
const generator = startLoadGenerator();
try {
  const sides = [await start(resolve(other), "old"), await start(here, "new")] as const;
  process.stdout.write(
    "| row | µs of processor, old | new | new ÷ old | main thread, old | new | new ÷ old | rate, new ÷ old |\n" +
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
  );
  let seed = 0;
  for (const scenario of chosen) {
    const samples: Sample[][] = [[], []];
    try {
      for (let round = -WARM_UP_ROUNDS; round < Number(values.pairs); round++) {
        seed++;
        // The order alternates: the second may find a warmer machine.
        for (const index of seed % 2 === 0 ? [1, 0] : [0, 1]) {
          const sample = await measure(index === 0 ? sides[0] : sides[1], scenario, seed);
          if (round >= 0) samples[index]?.push(sample);
        }
      }
    } catch (error) {
      if (!(error instanceof ScenarioFailed)) throw error;
      say(`${scenario}: ${error.message}`);
      continue;
    }
    printRow(scenario, samples[0] ?? [], samples[1] ?? []);
  }
  for (const { server } of sides) await server.child.stop();
} finally {
  await generator.stop();
  await rm(folder, { recursive: true, force: true });
}

async function start(checkout: string, name: string): Promise<Side> {
  execFileSync(process.execPath, ["tools/build.mjs", "--if-stale"], { cwd: checkout, stdio: "ignore" });
  say(`Filling a pool of the ${name} one`);
  const module: { prepareCognate: typeof prepareCognate } = await import(
    join(checkout, "bench", "subjects", "cognate.ts")
  );
  const profileFolder = values.profile && join(resolve(values.profile), name);
  const subject = await module.prepareCognate(join(folder, name), Number(values.sizes), { profileFolder });
  const server = await subject.start();
  return { server, target: subject.target(server) };
}

async function measure({ server, target }: Side, scenario: ScenarioName, seed: number): Promise<Sample> {
  const { pid } = server.child.process;
  const order = { scenario, target, connections: CONNECTIONS, warmUpMilliseconds: 0 };
  // What a scenario prepares must not be part of the processor time.
  await generator.run({ ...order, seed: 2 * seed, maxSteps: 1, measureMilliseconds: ROUND_MILLISECONDS });
  const before = processorTime(pid);
  const { steps, perSecond } = await generator.run({
    ...order,
    seed: 2 * seed + 1,
    maxSteps: Number.POSITIVE_INFINITY,
    measureMilliseconds: ROUND_MILLISECONDS,
  });
  const after = processorTime(pid);
  const each = (key: keyof ProcessorTime) => (after[key] - before[key]) / steps;
  return { perSecond, cost: { process: each("process"), mainThread: each("mainThread") } };
}

function printRow(scenario: ScenarioName, old: readonly Sample[], current: readonly Sample[]): void {
  const columns = [(sample: Sample) => sample.cost.process, (sample: Sample) => sample.cost.mainThread];
  const cells = columns.flatMap((of) => {
    const [before, after] = [lowerQuartile(old.map(of)), lowerQuartile(current.map(of))];
    return [before.toFixed(0), after.toFixed(0), (after / before).toFixed(3)];
  });
  const isSlower = Number(cells[2]) > 1 + ALLOWED_SLOWDOWN;
  if (isSlower) process.exitCode = 1;
  const rates = current.map(({ perSecond }, round) => perSecond / (old[round]?.perSecond ?? Number.NaN));
  process.stdout.write(
    `| ${[scenario, ...cells, median(rates)?.toFixed(3)].join(" | ")}${isSlower ? ", slower" : ""} |\n`,
  );
}

/** What else the machine does can only add to a time. */
function lowerQuartile(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 4)] ?? Number.NaN;
}
