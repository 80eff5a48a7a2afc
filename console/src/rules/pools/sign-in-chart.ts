/** The bars of the chart of sign-ins: one for each hour or day up to now, in the reader's zone. */
import type { SignInCount, SignInOutcome } from "../../../../src/storage/sign-in-counts/record.ts";

export const chartPeriods = ["day", "week", "month"] as const;
export type ChartPeriod = (typeof chartPeriods)[number];

export const outcomes = ["passed", "passedAtRisk", "failed", "blocked"] as const satisfies SignInOutcome[];

export interface SignInBar {
  readonly from: Date;
  readonly signIns: Readonly<Record<SignInOutcome, number>>;
}

const BARS: Readonly<Record<ChartPeriod, number>> = { day: 24, week: 7, month: 30 };

const NONE = { passed: 0, passedAtRisk: 0, failed: 0, blocked: 0 } as const;

export function barsOf(
  counts: readonly SignInCount[],
  period: ChartPeriod,
  now: number,
): readonly SignInBar[] {
  const starts = Array.from({ length: BARS[period] + 1 }, (_, index) =>
    startOf(period, now, BARS[period] - 1 - index),
  );
  return starts.slice(0, -1).map((from, index) => {
    const until = starts[index + 1]?.getTime() ?? Number.POSITIVE_INFINITY;
    const signIns: Record<SignInOutcome, number> = { ...NONE };
    for (const { hour, outcome, signIns: more } of counts)
      if (hour >= from.getTime() && hour < until) signIns[outcome] += more;
    return { from, signIns };
  });
}

/** The beginning of the hour or day that is so many before the one of `now`. Days differ in length. */
function startOf(period: ChartPeriod, now: number, before: number): Date {
  const start = new Date(now);
  if (period === "day") {
    start.setMinutes(0, 0, 0);
    return new Date(start.getTime() - before * 60 * 60 * 1000);
  }
  start.setHours(0, 0, 0, 0);
  start.setDate(start.getDate() - before);
  return start;
}

export function totalsOf(bars: readonly SignInBar[]): Readonly<Record<SignInOutcome, number>> {
  const totals: Record<SignInOutcome, number> = { ...NONE };
  for (const { signIns } of bars) for (const outcome of outcomes) totals[outcome] += signIns[outcome];
  return totals;
}
