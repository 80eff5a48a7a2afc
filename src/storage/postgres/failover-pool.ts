import pg, { type PoolClient, type PoolConfig } from "pg";
import { refuseReadOnly } from "./read-only.ts";

type Connected = (
  error: Error | undefined,
  client: PoolClient | undefined,
  release: (reason?: Error | boolean) => void,
) => void;

/**
 * Connections to the one of several servers that accepts writes: the primary, and after a failover the standby that was
 * promoted. A server that cannot be reached or is read-only is passed over, and the one that worked last is tried first.
 */
export class FailoverPool extends pg.Pool {
  readonly #urls: readonly string[];
  #current = 0;

  constructor(urls: readonly string[], configuration: PoolConfig) {
    super({ ...configuration, connectionString: urls[0], onConnect: refuseReadOnly });
    this.#urls = urls;
  }

  override connect(): Promise<PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<PoolClient> | undefined {
    const client = this.#connectToAny();
    if (connected === undefined) return client;
    client.then(
      (client) => connected(undefined, client, (reason) => client.release(reason)),
      (error: Error) => connected(error, undefined, () => undefined),
    );
    return undefined;
  }

  async #connectToAny(): Promise<PoolClient> {
    for (let attempts = 1; ; attempts++) {
      const tried = this.#current;
      try {
        return await super.connect();
      } catch (error) {
        // Unless a concurrent attempt has moved on already.
        if (this.#current === tried) this.#moveOn();
        if (attempts === this.#urls.length) throw error;
      }
    }
  }

  #moveOn(): void {
    this.#current = (this.#current + 1) % this.#urls.length;
    this.options.connectionString = this.#urls[this.#current];
  }
}
