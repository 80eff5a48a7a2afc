import { resolve } from "node:path";
import { ConfigurationError, loadSettings, type Mode, type Settings, settingsHelp } from "../config/index.ts";
import { demo } from "../seed/index.ts";
import { type RunningServer, startServer } from "../server/index.ts";
import { settleHeap } from "./memory.ts";
import { startFailure } from "./start-failure.ts";

const about: Readonly<Record<Mode, string>> = {
  dev: `cognate dev [options]

Runs the server for a laptop, CI or tests: loopback only, SQLite in a folder, messages kept in an inbox, a clock that can be
moved. Access keys that it does not know are the administrator's; those it knows are verified.
`,
  serve: `cognate serve [options]

Runs the server for production: every signature verified, every policy enforced, e-mail by SMTP.
`,
};

export function serverHelp(mode: Mode): string {
  return `${about[mode]}\n${settingsHelp(mode)}`;
}

/** `cognate dev` and `cognate serve`: @returns when the server has stopped: 0 when it was asked to, 1 or 2 when it could not start */
export async function serverCommand(
  mode: Mode,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  let settings: Settings;
  try {
    settings = await loadSettings(mode, { args, environment });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`cognate ${mode}: ${error.message}\n`);
    return 2;
  }
  let server: RunningServer;
  try {
    server = await startServer(settings);
  } catch (error) {
    process.stderr.write(`cognate ${mode}: ${startFailure(error, settings)}\n`);
    return 1;
  }
  const asked = untilAskedToStop();
  // A script that waits for this line may close the pipe once it has read it.
  process.stdout.on("error", () => undefined);
  process.stdout.write(`Cognate is ready at ${server.url}\n`);
  settleHeap();
  if (mode === "dev") process.stdout.write(whatNext(server, settings));
  await asked;
  await server.stop();
  return 0;
}

/**
 * Waits for a signal to stop. Ctrl-C comes as SIGINT from the terminal and again, as SIGTERM, from the program that started
 * this one: only a second SIGINT, from somebody who will not wait, ends the process at once.
 */
function untilAskedToStop(): Promise<void> {
  return new Promise((asked) => {
    process.once("SIGINT", () => asked());
    process.on("SIGTERM", () => asked());
    process.on("SIGHUP", () => asked());
  });
}

/** What to type next, ready to paste. */
function whatNext(server: RunningServer, settings: Settings): string {
  // Whole paths: the other terminal may stand elsewhere.
  const files = { credentials: resolve(server.files.credentials), config: resolve(server.files.config) };
  const lines = [
    "",
    `  Endpoint       ${server.url}`,
    `  Console        ${server.url}/console/`,
    `  Credentials    ${files.credentials}`,
    `  AWS config     ${files.config}   profiles cognate (administrator), cognate-power-user (AmazonCognitoPowerUser)`,
    "",
  ];
  if (!settings.demo) return `${lines.join("\n")}\n`;
  const pool = `${settings.region}_${demo.poolSuffix}`;
  const ids = `--user-pool-id ${pool}`;
  const both = `${ids} --client-id ${demo.clientId}`;
  // Where the commands of this program look by themselves.
  const isUsualFolder = resolve(settings.dataDir) === resolve(".cognate");
  const folder = isUsualFolder ? "" : `--data-dir ${shellWord(resolve(settings.dataDir))} `;
  lines.push(
    "Sign a user in. In another terminal:",
    "",
    `  export AWS_CONFIG_FILE=${shellWord(files.config)} AWS_SHARED_CREDENTIALS_FILE=${shellWord(files.credentials)}`,
    "  export AWS_PROFILE=cognate-power-user",
    "",
    `  aws cognito-idp admin-create-user ${ids} --username taro@example.com \\`,
    "    --user-attributes Name=email,Value=taro@example.com Name=email_verified,Value=true \\",
    "    --message-action SUPPRESS --temporary-password 'Temporary-1'",
    "",
    `  aws cognito-idp admin-initiate-auth ${both} \\`,
    "    --auth-flow ADMIN_USER_PASSWORD_AUTH --auth-parameters USERNAME=taro@example.com,PASSWORD=Temporary-1",
    "",
    `  aws cognito-idp admin-respond-to-auth-challenge ${both} \\`,
    "    --challenge-name NEW_PASSWORD_REQUIRED \\",
    "    --challenge-responses USERNAME=taro@example.com,NEW_PASSWORD=Permanent-1 --session 'the Session of the answer before'",
    "",
    "Or all of it in one command, which asks for the passwords:",
    "",
    `  npx cognate token ${folder}${both} --username taro@example.com`,
    "",
    "Verifiers find the tokens' keys by the issuer:",
    "",
    `  ${server.issuerOf(pool)}`,
    "",
  );
  return `${lines.join("\n")}\n`;
}

function shellWord(text: string): string {
  return /^[\w./@:=+-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}
