/** A process that ran for this long has started well: the losses before it do not count any more. */
export const STEADY_MILLISECONDS = 60_000;

/** When no process is left, and the last one was lost so many times in a row, the program ends. */
export const MAX_LOSSES = 5;

const FIRST_DELAY_MILLISECONDS = 250;
const MAX_DELAY_MILLISECONDS = 30_000;

/** How long a process is not replaced, after it was lost `losses` times in a row, each time soon after its start. */
export function replacementDelayMilliseconds(losses: number): number {
  return losses <= 1 ? 0 : Math.min(FIRST_DELAY_MILLISECONDS * 2 ** (losses - 2), MAX_DELAY_MILLISECONDS);
}
