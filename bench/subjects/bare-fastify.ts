import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { adopt, type Child } from "../children.ts";
import type { Target } from "./target.ts";

export interface BareFastify {
  readonly child: Child;
  readonly target: Target;
}

/** Starts Fastify with one route, as a measure for what answering a request costs at least. */
export async function startBareFastify(): Promise<BareFastify> {
  const program = join(import.meta.dirname, "bare-fastify-server.ts");
  const child = adopt(spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] }));
  const { stdout } = child.process;
  if (stdout === null) throw new Error("The server's output cannot be read.");
  for await (const line of createInterface(stdout)) {
    stdout.resume();
    const access = { port: Number(line), region: "", accessKeyId: "", secretAccessKey: "" };
    return {
      child,
      target: { ...access, subject: "Fastify alone", poolId: "us-east-1_Bench", clientId: "", userCount: 2 },
    };
  }
  throw new Error("The server ended before it was ready.");
}
