/** A Cognate server in this process, for the tests of an application. */

export interface ServerOptions {
  /** Port on loopback. Default: a free one. */
  port?: number;
  /** Keeps the database in `dataDir`, for another server to go on with. Default: in memory, gone at the end. */
  dataDir?: string;
  /** A YAML or JSON file of pools, clients, groups and users to begin with. See docs/seed.md. */
  seed?: string;
  /** Makes the demo pool and client. Default: false. */
  demo?: boolean;
  /** Gives every confirmation code this value of six digits. */
  fixedCode?: string;
  /** Folder of the functions that Lambda triggers name. See docs/triggers.md. */
  lambdaDir?: string;
  /** Where functions without a file are invoked: the URL of a Lambda API, or `aws`. */
  lambdaEndpoint?: string;
  /** Region of the demo pool and of unsigned requests. Default: us-east-1. */
  region?: string;
  /** Default: 123456789012. */
  accountId?: string;
  /** Default: local, the server's URL. See docs/configuration.md. */
  issuer?: string;
  /** Default: error. */
  logLevel?: "debug" | "info" | "warn" | "error" | "silent";
}

export interface Server {
  /** Where it listens, for example `http://127.0.0.1:41234`: the `endpoint` of AWS SDKs. */
  readonly url: string;
  /** The `iss` of a pool's tokens. */
  issuerOf(poolId: string): string;
  /** The administrator's access key. */
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The server's clock, for tests that would have to wait. */
  readonly clock: {
    /** The time in milliseconds since the Unix epoch. */
    now(): number;
    advance(milliseconds: number): void;
    /** The time stays what it is until the clock is moved. */
    stop(): void;
    /** The clock runs on from its time. */
    resume(): void;
    /** Back to the system's time. */
    reset(): void;
  };
  /** What the server holds (pools, users, sign-ins, messages, the clock), put aside by name for tests to go back to. */
  readonly snapshots: {
    /** By name. `takenAt` is in milliseconds since the Unix epoch. */
    list(): Promise<readonly { readonly name: string; readonly takenAt: number; readonly bytes: number }[]>;
    /** Rejects where there is one of this name, unless it may be replaced. */
    take(
      name: string,
      options?: { replace?: boolean },
    ): Promise<{ readonly name: string; readonly takenAt: number; readonly bytes: number }>;
    /** Everything that came after the snapshot is undone. */
    restore(name: string): Promise<void>;
    delete(name: string): Promise<void>;
  };
  stop(): Promise<void>;
}

/**
 * Starts a server as `cognate dev` does, on loopback, ready when the promise resolves.
 *
 * @throws Error whose message says which option is wrong
 */
export function createServer(options?: ServerOptions): Promise<Server>;
