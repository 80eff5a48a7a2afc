/**
 * Compares this checkout with another one, for example of the last release:
 * `node bench/compare.ts OTHER_CHECKOUT [--pairs 5] [bench options]`.
 *
 * The two take turns, so that what else the machine does falls on both; each figure is the median of the pairs' ratios.
 * Both need their packages and are built first. The options after `--pairs` are those of `npm run bench`.
 */
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { median } from "./median.ts";
import { say } from "./say.ts";

const here = join(import.meta.dirname, "..");
/** A slower row than this fails the comparison. */
const ALLOWED_SLOWDOWN = 0.05;

const { values, positionals } = parseArgs({
  options: {
    pairs: { type: "string", default: "5" },
    only: { type: "string" },
    sizes: { type: "string", default: "1000" },
  },
  allowPositionals: true,
});
const [other] = positionals;
if (other === undefined) throw new TypeError("Name the folder of the other checkout.");
// Not `--quick`: in half a second a larger program is measured while it is still being compiled.
const options = ["--alone", "--sizes", values.sizes];
if (values.only !== undefined) options.push("--only", values.only);

const checkouts = [resolve(other), here] as const;
for (const folder of checkouts) run(folder, "tools/build.mjs", "--if-stale");

const ratios = new Map<string, number[]>();
for (let pair = 1; pair <= Number(values.pairs); pair++) {
  say(`Pair ${pair} of ${values.pairs}`);
  // The order alternates: the second may find a warmer machine.
  const order = pair % 2 === 0 ? [1, 0] : [0, 1];
  const rates: Map<string, number>[] = [];
  for (const index of order)
    rates[index] = ratesOf(run(checkouts[index] ?? here, "bench/main.ts", ...options));
  for (const [row, before] of rates[0] ?? []) {
    const after = rates[1]?.get(row);
    if (after !== undefined) ratios.set(row, [...(ratios.get(row) ?? []), after / before]);
  }
}

process.stdout.write("| row | new ÷ old, median of the pairs | of each pair |\n| --- | ---: | --- |\n");
for (const [row, each] of ratios) {
  const middle = median(each) ?? 0;
  const isSlower = middle < 1 - ALLOWED_SLOWDOWN;
  if (isSlower) process.exitCode = 1;
  process.stdout.write(
    `| ${row} | ${middle.toFixed(2)}${isSlower ? ", slower" : ""} | ${each.map((ratio) => ratio.toFixed(2)).join(" ")} |\n`,
  );
}

function run(folder: string, ...args: string[]): string {
  return execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 16 * 1024 * 1024,
  });
}

/** The rows of the report's table of rates, by their title; the figure is the first size's. */
function ratesOf(report: string): Map<string, number> {
  const [, table = ""] = report.split(/^\| Per second .*$/m);
  const rows = table
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| --"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    rows
      .map(([, title = "", , rate = ""]) => [title, Number(rate.replaceAll(",", ""))] as const)
      .filter(([, rate]) => rate > 0),
  );
}
