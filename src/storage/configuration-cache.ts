import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import { deepFreeze } from "./json.ts";

/** The most entries that are kept: a pool, a client, a list of signing keys and the like each take one. */
const CAPACITY = 4000;

interface Entry {
  readonly value: unknown;
  readonly loadedAt: number;
}

/**
 * Configuration as it was last read, since every request needs some and it seldom changes. Any write to configuration
 * forgets all of it, which is simple to prove right.
 */
export class ConfigurationCache {
  readonly #clock: Clock;
  readonly #lifetimeMilliseconds: number;
  readonly #entries = new LRUCache<string, Entry>({ max: CAPACITY });
  #generation = 0;

  /** @param lifetimeMilliseconds how long an entry serves; infinite where no other process writes */
  constructor(clock: Clock, lifetimeMilliseconds: number) {
    this.#clock = clock;
    this.#lifetimeMilliseconds = lifetimeMilliseconds;
  }

  async get<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const entry = this.#entries.get(key);
    // An entry only ever has the type of the loader for its key.
    if (entry && this.#isFresh(entry)) return entry.value as T;

    const generation = this.#generation;
    const loadedAt = this.#clock.now();
    const value = await load();
    if (value === undefined) return undefined;
    deepFreeze(value);
    // A value that was read before a write must not be kept after it.
    if (generation === this.#generation) this.#entries.set(key, { value, loadedAt });
    return value;
  }

  clear(): void {
    this.#generation += 1;
    this.#entries.clear();
  }

  #isFresh({ loadedAt }: Entry): boolean {
    if (this.#lifetimeMilliseconds === Number.POSITIVE_INFINITY) return true;
    const age = this.#clock.now() - loadedAt;
    // The clock can be moved back: an entry from its future is not trusted.
    return age >= 0 && age < this.#lifetimeMilliseconds;
  }
}
