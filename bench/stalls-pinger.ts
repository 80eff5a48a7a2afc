/** Asks a server for its health every two milliseconds, in its own thread, and reports the longest wait. */
import { Agent, get } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const PAUSE_MILLISECONDS = 2;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let isRunning = false;
let longest = 0;

parentPort?.on("message", (message: "start" | "stop") => {
  if (message === "start") {
    longest = 0;
    isRunning = true;
    ping(() => parentPort?.postMessage("started"));
  } else {
    isRunning = false;
  }
});

function ping(afterFirst?: () => void): void {
  const asked = performance.now();
  get(`${workerData}/_cognate/health`, { agent }, (response) => {
    response.resume();
    response.on("end", () => {
      // The first opens the connection.
      if (afterFirst === undefined) longest = Math.max(longest, performance.now() - asked);
      else afterFirst();
      if (isRunning) setTimeout(ping, PAUSE_MILLISECONDS);
      else parentPort?.postMessage(longest);
    });
  });
}
