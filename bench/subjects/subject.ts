import { get } from "node:http";
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
  readonly userCount: number;
  /** Cognate keeps its data; cognito-local starts with new data. */
  start(): Promise<StartedServer>;
  target(server: StartedServer): Target;
}

/** Repeats the health request until the server answers 200. */
export async function untilHealthy(url: string, child: Child, limitMilliseconds: number): Promise<void> {
  const deadline = performance.now() + limitMilliseconds;
  for (;;) {
    if (child.process.exitCode !== null) throw new Error("The server ended before it was ready.");
    if (performance.now() > deadline)
      throw new Error(`The server was not ready after ${limitMilliseconds} ms.`);
    if (await isHealthy(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function isHealthy(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    // Not listening yet.
    request.on("error", () => resolve(false));
  });
}
