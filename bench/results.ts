import type { Rates } from "./ceiling.ts";
import type { Measurement } from "./load/protocol.ts";
import type { ScenarioName } from "./load/scenarios.ts";
import { median } from "./median.ts";
import type { Plan } from "./plan.ts";
import type { SubjectName } from "./subjects/target.ts";

/** The results of one run, filled during the run. */
export interface Results {
  readonly plan: Plan;
  readonly machine: string;
  readonly startedAt: string;
  /** One for each round. */
  readonly ceilings: Rates[];
  readonly cells: Cells;
  readonly footprints: Map<SubjectName, Footprint>;
  /** Of CreateUserPool, one after another, in milliseconds. */
  readonly createUserPool: number[];
  /** Of a warm function that answers at once, in milliseconds. */
  readonly invocations: number[];
  /** Rates of sign-ins with a function, of those without one that were measured right before; one for each round. */
  readonly functionRatios: number[];
}

/** At the size of {@link FOOTPRINT_USERS}. */
export interface Footprint {
  /** From spawn to the first healthy answer, in milliseconds; one for each start. */
  readonly starts: readonly number[];
  readonly idleMiB: number | undefined;
  readonly loadedMiB: number | undefined;
}

export const FOOTPRINT_USERS = 10_000;

/** The measurements of a scenario at a size, over all rounds. */
export class Cells {
  readonly #cells = new Map<string, Measurement[]>();

  add(subject: SubjectName, scenario: ScenarioName, users: number, measurement: Measurement): void {
    const key = `${subject} ${scenario} ${users}`;
    this.#cells.set(key, [...(this.#cells.get(key) ?? []), measurement]);
  }

  of(subject: SubjectName, scenario: ScenarioName, users: number): readonly Measurement[] {
    return this.#cells.get(`${subject} ${scenario} ${users}`) ?? [];
  }

  /**
   * Steps in a second; undefined when nothing was measured. Where the time was up before a single one was answered, one is
   * taken to have been.
   */
  rate(subject: SubjectName, scenario: ScenarioName, users: number): number | undefined {
    const measured = this.of(subject, scenario, users);
    return median(measured.map(({ steps, seconds, perSecond }) => (steps === 0 ? 1 / seconds : perSecond)));
  }
}
