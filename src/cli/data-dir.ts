import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Takes `--data-dir DIR` (or `--data-dir=DIR`) out of the arguments of a command that uses a server's files.
 *
 * @returns the folder, from the flag, COGNATE_DATA_DIR or the default; whether it was named; and the other arguments
 */
export function takeDataDir(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { dataDir: string; isNamed: boolean; rest: string[] } {
  const rest: string[] = [];
  let named = environment.COGNATE_DATA_DIR;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    if (argument === "--data-dir" && args[index + 1] !== undefined) named = args[++index];
    else if (argument.startsWith("--data-dir=")) named = argument.slice("--data-dir=".length);
    else rest.push(argument);
  }
  // An empty name would mean the working directory.
  return { dataDir: named || ".cognate", isNamed: Boolean(named), rest };
}

/** The error for a folder in which no server has run. */
export function noServerIn(config: string): string {
  return `There is no ${config}: start the server first (npm start), or name its folder with --data-dir.\n`;
}

/** Environment variables that would give the AWS CLI and SDKs another endpoint, region or identity. */
const OVERRIDING =
  /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PROFILE|DEFAULT_PROFILE|REGION|DEFAULT_REGION|IGNORE_CONFIGURED_ENDPOINT_URLS|ENDPOINT_URL.*|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS.*|CA_BUNDLE)$/;

/** Makes the AWS CLI and SDKs read the files that the server wrote, and no other configuration of this machine. */
export function pointAt(dataDir: string, environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) if (OVERRIDING.test(name)) delete environment[name];
  environment.AWS_CONFIG_FILE = resolve(join(dataDir, "config"));
  environment.AWS_SHARED_CREDENTIALS_FILE = resolve(join(dataDir, "credentials"));
}

/** The endpoint that a server wrote into the AWS config file of its data folder; undefined where none has run. */
export function endpointIn(config: string): string | undefined {
  if (!existsSync(config)) return undefined;
  return /^\s*endpoint_url = (\S+)$/m.exec(readFileSync(config, "utf8"))?.[1];
}
