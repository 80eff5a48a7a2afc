/**
 * Takes `--data-dir DIR` (or `--data-dir=DIR`) out of the arguments of a command that works beside a server.
 *
 * @returns the folder, from the flag, COGNATE_DATA_DIR or the default, and the other arguments as they were
 */
export function takeDataDir(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { dataDir: string; rest: string[] } {
  const rest: string[] = [];
  let dataDir = environment.COGNATE_DATA_DIR || ".cognate";
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    if (argument === "--data-dir" && args[index + 1] !== undefined) dataDir = args[++index] ?? dataDir;
    else if (argument.startsWith("--data-dir=")) dataDir = argument.slice("--data-dir=".length);
    else rest.push(argument);
  }
  return { dataDir, rest };
}
