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

  /** Adds up what ended processes had counted, without what was deleted since, which a process that runs finds out. */
  async function sumUpEnded([asked]: readonly Process[]): Promise<void> {
    const { countsOf, sumOf } = await import("../../metrics/index.ts");
    const counted = ofEnded;
    if (asked === undefined || counted.length === 0) return;
    const kept = await asked.ask("withoutDeleted", await sumOf(counted.map(countsOf)));
    // Unless another request was faster. More processes may have ended meanwhile.
    if (ofEnded[0] === counted[0]) ofEnded = [kept, ...ofEnded.slice(counted.length)];
  }

  return {
    /** @param running the processes to ask */
    async text(running: readonly Process[]): Promise<string> {
      const { countsOf, textOfSum } = await import("../../metrics/index.ts");
      await Promise.all(running.map(ask));
      const text = await textOfSum([...last.values(), ...ofEnded.map(countsOf)]);
      // After the answer: metrics are wanted while the database does not answer, too.
      void sumUpEnded(running).catch(() => undefined);
      return text;
    },
    /** Goes on counting what a process that has ended had counted when it was last asked. */
    ended(process: Process): void {
      const samples = last.get(process);
      last.delete(process);
      if (samples !== undefined) ofEnded = [...ofEnded, samples];
    },
  };
}
