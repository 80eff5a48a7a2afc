/**
 * `cognate serve --processes`: several processes that answer on one port, and the program that starts, watches and stops them. Each
 * process is a server like a node of its own. It is loaded only where the setting asks for it.
 *
 * @see docs/decisions/0378-one-process-per-core.md
 */
export { runProcess } from "./process.ts";
export { runProcesses } from "./program.ts";
