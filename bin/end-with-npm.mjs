/**
 * Ends a program that npm or npx started when npm ends.
 *
 * `kill` reaches npm alone. npm passes SIGTERM to the shell that runs the script; the shell may end without telling its child.
 * npm passes SIGHUP and SIGKILL to nobody. In each case the child can see that its parent has changed.
 *
 * Plain JavaScript without dependencies that runs on Node 20 too, like tools/run.mjs.
 */
import { readFileSync } from "node:fs";

const LOOK_EVERY_MILLISECONDS = 500;

/** Sends this process SIGTERM once the npm or npx that started it is gone. Call it first of all: npm may end soon. */
export function endWithNpm() {
  const started = ancestors();
  const look = () => {
    if (ancestors() === started) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  };
  const timer = setInterval(look, LOOK_EVERY_MILLISECONDS);
  timer.unref();
}

/** The parent's process ID and, on Linux, if the parent is the shell of a script, the ID of the shell's parent, npm. */
function ancestors() {
  const parent = process.ppid;
  try {
    const [, option] = readFileSync(`/proc/${parent}/cmdline`, "utf8").split("\0");
    if (option !== "-c") return `${parent}`;
    return `${parent} ${/^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${parent}/status`, "utf8"))?.[1]}`;
  } catch {
    return `${parent}`;
  }
}
