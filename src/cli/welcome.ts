/** The output of `dev` and `serve` when they are ready: addresses, files and the next commands, ready to paste. */
import { dirname, resolve } from "node:path";
import { type Settings, trustsUnknownKeys } from "../config/index.ts";
import { isLoopback } from "../loopback.ts";
import { demo } from "../seed/index.ts";
import type { RunningServer } from "../server/index.ts";

/** The machines that can reach a `dev` beyond loopback, and the access they have; undefined on loopback. */
export function exposureOf(settings: Settings): string | undefined {
  if (settings.mode !== "dev" || isLoopback(settings.host)) return undefined;
  const names = settings.hosts.join(", ");
  return trustsUnknownKeys(settings)
    ? `Open to every machine that reaches ${settings.host} by the names ${names}: they may do everything, with any access key, and read the inbox.`
    : `Open to every machine that reaches ${settings.host} by the names ${names}: they may sign in. Signed calls, the console and the inbox need the keys in ${resolve(settings.dataDir)}.`;
}

/** @param isFirstStart whether the data folder is new, so that the demo has no user yet */
export function devWelcome(server: RunningServer, settings: Settings, isFirstStart: boolean): string {
  const exposure = isLoopback(settings.host)
    ? [`Open to this machine only. Unknown access keys ${unknownKeys(settings)}`]
    : [];
  const lines = [...exposure, "", ...places(server)];
  if (settings.demo)
    lines.push("", ...(isFirstStart ? firstSteps(server, settings) : nextSteps(server, settings)));
  return `${lines.join("\n")}\n\n`;
}

/** What the output names of a server. */
type Places = Pick<RunningServer, "url" | "files" | "tls">;

/** @param processes how many processes answer */
export function serveWelcome(server: Places, settings: Settings, processes = 1): string {
  const masterKey =
    settings.masterKey === undefined
      ? `${resolve(server.files.masterKey)}   keep a backup apart from the database's: without it the database is useless`
      : "from the setting masterKey";
  const lines = [
    "",
    ...places(server),
    `  Master key     ${masterKey}`,
    `  E-mail         ${settings.smtpUrl === undefined ? "not set up, cannot be sent: give --smtp-url" : `by ${new URL(settings.smtpUrl).host}`}`,
    `  SMS            ${settings.smsGatewayUrl === undefined ? "not set up, cannot be sent: give --sms-gateway-url" : `by ${new URL(settings.smsGatewayUrl).host}`}`,
    `  Log            JSON lines on standard error`,
    ...(processes === 1 ? [] : [`  Processes      ${processes}`]),
  ];
  return `${lines.join("\n")}\n\n`;
}

function unknownKeys(settings: Settings): string {
  return trustsUnknownKeys(settings)
    ? "are accepted unverified, as the administrator's; known keys are verified."
    : "are refused.";
}

/** Absolute paths, because the other terminal may be in another folder. */
function places({ url, files, tls }: Places): string[] {
  return [
    `  Endpoint       ${url}`,
    `  Console        ${url}/console/`,
    ...(tls === undefined ? [] : [`  TLS            ${tls.url}${trustOf(tls.authorityFile)}`]),
    `  Credentials    ${resolve(files.credentials)}   the administrator's access key`,
    `  AWS config     ${resolve(files.config)}   profiles cognate (administrator), cognate-power-user (AmazonCognitoPowerUser)`,
  ];
}

/** How a client trusts the local authority. This program puts nothing into the system's trust store. */
function trustOf(authorityFile: string | undefined): string {
  if (authorityFile === undefined) return "";
  const file = shellWord(resolve(authorityFile));
  return `   trusted with: export NODE_EXTRA_CA_CERTS=${file}, curl --cacert, or by importing that file into a browser`;
}

function exportFiles({ files }: RunningServer): string {
  return `  export AWS_CONFIG_FILE=${shellWord(resolve(files.config))} AWS_SHARED_CREDENTIALS_FILE=${shellWord(resolve(files.credentials))}`;
}

function firstSteps(server: RunningServer, settings: Settings): string[] {
  const { pool, ids, tokenCommand } = demoOf(server, settings);
  const both = `${ids} --client-id ${demo.clientId}`;
  return [
    "Sign a user in. In another terminal:",
    "",
    exportFiles(server),
    "  export AWS_PROFILE=cognate-power-user",
    "",
    `  aws cognito-idp admin-create-user ${ids} --username taro@example.com \\`,
    "    --user-attributes Name=email,Value=taro@example.com Name=email_verified,Value=true \\",
    "    --message-action SUPPRESS --temporary-password 'Temporary-1'",
    "",
    `  SESSION=$(aws cognito-idp admin-initiate-auth ${both} \\`,
    "    --auth-flow ADMIN_USER_PASSWORD_AUTH --auth-parameters USERNAME=taro@example.com,PASSWORD=Temporary-1 \\",
    "    --query Session --output text)",
    "",
    `  aws cognito-idp admin-respond-to-auth-challenge ${both} \\`,
    "    --challenge-name NEW_PASSWORD_REQUIRED \\",
    `    --challenge-responses USERNAME=taro@example.com,NEW_PASSWORD=Permanent-1 --session "$SESSION"`,
    "",
    "Or create the user in the console, and sign in with one command that asks for the passwords:",
    "",
    `  ${tokenCommand}`,
    "",
    ...verifying(server, settings, pool),
  ];
}

/** For a data folder that was used before: its users may have any password. */
function nextSteps(server: RunningServer, settings: Settings): string[] {
  const { pool, ids, tokenCommand } = demoOf(server, settings);
  return [
    "Everything is as it was when the server stopped. In another terminal:",
    "",
    exportFiles(server),
    `  AWS_PROFILE=cognate-power-user aws cognito-idp list-users ${ids}`,
    `  ${tokenCommand}`,
    "",
    ...verifying(server, settings, pool),
    "",
    `To begin anew, stop the server and delete ${resolve(settings.dataDir)}.`,
  ];
}

function verifying(server: RunningServer, settings: Settings, pool: string): string[] {
  const issuer = server.issuerOf(pool);
  if (settings.issuer !== "aws") return ["Verifiers find the tokens' keys by the issuer:", "", `  ${issuer}`];
  return [
    `Tokens name AWS's issuer, ${issuer}. Verifiers must be given this server's keys:`,
    "",
    `  ${server.url}/${pool}/.well-known/jwks.json`,
  ];
}

function demoOf(
  { files }: RunningServer,
  settings: Settings,
): { pool: string; ids: string; tokenCommand: string } {
  const pool = `${settings.region}_${demo.poolSuffix}`;
  const ids = `--user-pool-id ${pool}`;
  // The default location of the commands of this program.
  const dataDir = resolve(dirname(files.config));
  const folder = dataDir === resolve(".cognate") ? "" : `--data-dir ${shellWord(dataDir)} `;
  const tokenCommand = `npx cognate token ${folder}${ids} --client-id ${demo.clientId} --username taro@example.com`;
  return { pool, ids, tokenCommand };
}

function shellWord(text: string): string {
  return /^[\w./@:=+-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}
