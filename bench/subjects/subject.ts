import type { Child } from "../children.ts";
import type { Target } from "./target.ts";

export interface StartedServer {
  readonly child: Child;
  readonly port: number;
  /** From spawn to the first healthy answer, in milliseconds. */
  readonly healthyAfter: number;
}

/** A server program with a data folder of its own, filled with users. */
export interface Subject {
  readonly folder: string;
  readonly userCount: number;
  start(): Promise<StartedServer>;
  target(server: StartedServer): Target;
}

/** Asks until the server answers 200, which takes as long as it takes to start. */
export async function untilHealthy(url: string, child: Child, limitMilliseconds: number): Promise<void> {
  const deadline = performance.now() + limitMilliseconds;
  for (;;) {
    if (child.process.exitCode !== null) throw new Error("The server ended before it was ready.");
    if (performance.now() > deadline)
      throw new Error(`The server was not ready after ${limitMilliseconds} ms.`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
