import cluster from "node:cluster";
import { createLog } from "../../logging.ts";
import type { Samples } from "../../metrics/index.ts";
import { type ProgramCalls, type RunningServer, startServer } from "../../server/index.ts";
import { settleHeap } from "../memory.ts";
import { logWarnings, untilAskedToStop } from "../server-process.ts";
import { startFailure } from "../start-failure.ts";
import type { ProcessCalls, StartOrder, StartOutcome } from "./calls.ts";
import { openChannel } from "./channel.ts";

/**
 * Runs the server of one process, as its program says. If the program is gone, Node ends the process.
 *
 * @returns the status that the process ends with
 */
export async function runProcess(): Promise<number> {
  const started = Promise.withResolvers<RunningServer>();
  const stopped = Promise.withResolvers<void>();
  const start = async ({ settings, ...part }: StartOrder): Promise<StartOutcome> => {
    number = part.number;
    const log = createLog({ level: settings.logLevel, isReadable: false, processNumber: part.number });
    logWarnings(log, process.env);
    try {
      const server = await startServer(settings, {}, { ...part, ask: program.ask });
      settleHeap();
      started.resolve(server);
      return { url: server.url, tls: server.tls };
    } catch (error) {
      return { failure: await startFailure(error, settings) };
    }
  };
  let number = 0;
  const metrics = async () => (await started.promise).metrics?.samples(number);
  const withoutDeleted = async (samples: Samples) =>
    (await started.promise).metrics?.withoutDeleted(samples) ?? samples;
  const program = openChannel<ProgramCalls>(process, {
    start,
    stop: stopped.resolve,
    metrics,
    withoutDeleted,
  } satisfies ProcessCalls);
  // The program's start script lets go of the channel.
  process.channel?.ref();

  const server = await Promise.race([started.promise, stopped.promise]);
  if (server !== undefined) {
    await Promise.race([stopped.promise, untilAskedToStop()]);
    await server.stop();
  }
  cluster.worker?.disconnect();
  return server === undefined ? 1 : 0;
}
