/**
 * Lets a program that npm or npx started end when npm does.
 *
 * `kill` reaches npm alone. npm passes SIGTERM on to the shell that it runs scripts in, which may die of it without a word to
 * its child; SIGHUP and SIGKILL it passes on to nobody. What is left of either is that the child's parent has changed.
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

/** This process's parent and, where that is the shell of a script and Linux tells, the shell's, which is npm. */
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
