import { setTimeout as wait } from "node:timers/promises";
import type { Samples } from "../../metrics/index.ts";
import type { ProcessCalls } from "./calls.ts";
import type { Channel } from "./channel.ts";

/** A process that does not answer in this time counts with its last answer. */
const ANSWER_MILLISECONDS = 2_000;

type Process = Pick<Channel<ProcessCalls>, "ask">;

/** The metrics of all processes of a program. */
export function createMetricsOfAll() {
  const last = new Map<Process, Samples>();
  let ofEnded: readonly Samples[] = [];

  async function ask(process: Process): Promise<void> {
    const tooLate = wait(ANSWER_MILLISECONDS, undefined, { ref: false });
    const samples = await Promise.race([process.ask("metrics"), tooLate]).catch(() => undefined);
    if (samples !== undefined) last.set(process, samples);
  }

  return {
    /** @param running the processes to ask */
    async text(running: readonly Process[]): Promise<string> {
      const { countsOf, sumOf, textOfSum } = await import("../../metrics/index.ts");
      await Promise.all(running.map(ask));
      const counted = ofEnded.map(countsOf);
      if (counted.length > 1) {
        const sum = await sumOf(counted);
        // Others may have ended meanwhile.
        ofEnded = [sum, ...ofEnded.slice(counted.length)];
      }
      return textOfSum([...last.values(), ...ofEnded.map(countsOf)]);
    },
    /** Goes on counting what a process that has ended had counted when it was last asked. */
    ended(process: Process): void {
      const samples = last.get(process);
      last.delete(process);
      if (samples !== undefined) ofEnded = [...ofEnded, samples];
    },
  };
}
