import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { messageOf } from "../message-of.ts";
import { regionOf } from "../pool-ids.ts";
import { noServerIn, pointAt, takeDataDir } from "./data-dir.ts";
import { createPrompt, Interrupted, NoAnswer } from "./prompt.ts";
import { signIn, UnansweredChallenge } from "./token-sign-in.ts";

export const tokenHelp = `cognate token --user-pool-id ID --client-id ID --username NAME [options]

Signs a user in and prints the tokens. Asks for the password and for whatever else the sign-in needs: a new
password in place of a temporary one, required attributes, a second factor.

  --user-pool-id ID     The user pool; not needed with --flow USER_PASSWORD_AUTH.
  --client-id ID        The app client.
  --username NAME       User name, or an alias such as the e-mail address.
  --client-secret TEXT  The app client's secret, if it has one. [COGNATE_CLIENT_SECRET]
  --flow FLOW           ADMIN_USER_PASSWORD_AUTH or USER_PASSWORD_AUTH. [ADMIN_USER_PASSWORD_AUTH]
  --output FORM         json, env (lines for a shell's eval) or header (one Authorization header). [json]
  --token KIND          Which token the header carries: access or id. [access]

Where:
  --data-dir DIR        The data folder of a running server. [.cognate, or COGNATE_DATA_DIR]
  --aws                 AWS itself, by the standard credential chain, even if there is such a folder.
  --profile NAME        Profile of the AWS config file. [cognate-power-user here; AWS_PROFILE at AWS]
  --region REGION       [the part of the pool's id before _]
  --endpoint-url URL    Another endpoint.

Without a terminal, the answers are read from standard input, one a line: password, new password, the same again…

  curl -H "$(cognate token --output header …)" http://localhost:3000/me
`;

const options = {
  "user-pool-id": { type: "string" },
  "client-id": { type: "string" },
  username: { type: "string" },
  "client-secret": { type: "string" },
  flow: { type: "string", default: "ADMIN_USER_PASSWORD_AUTH" },
  output: { type: "string", default: "json" },
  token: { type: "string", default: "access" },
  aws: { type: "boolean", default: false },
  profile: { type: "string" },
  region: { type: "string" },
  "endpoint-url": { type: "string" },
} as const;

/** The exit status of a command that Ctrl-C ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/**
 * `cognate token`
 *
 * @returns 0 with the tokens on standard output; 1 when the sign-in failed; 2 when the call was wrong; 130 after Ctrl-C
 */
export async function tokenCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { dataDir, isNamed, rest } = takeDataDir(args, environment);
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    values = parseArgs({ args: rest, options, strict: true }).values;
  } catch (error) {
    return wrongCall(messageOf(error));
  }
  const { "user-pool-id": userPoolId, "client-id": clientId, username, flow, output, token } = values;
  if (flow !== "ADMIN_USER_PASSWORD_AUTH" && flow !== "USER_PASSWORD_AUTH")
    return wrongCall(`--flow cannot be ${flow}.`);
  if (output !== "json" && output !== "env" && output !== "header")
    return wrongCall(`--output cannot be ${output}.`);
  if (token !== "access" && token !== "id") return wrongCall(`--token cannot be ${token}.`);
  const needsPool = flow === "ADMIN_USER_PASSWORD_AUTH";
  if (clientId === undefined || username === undefined || (needsPool && userPoolId === undefined)) {
    const required = ["client-id", "username", ...(needsPool ? (["user-pool-id"] as const) : [])] as const;
    const missing = required.filter((name) => values[name] === undefined).map((name) => `--${name}`);
    return wrongCall(`${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing.`);
  }

  const config = join(dataDir, "config");
  const isHere = !values.aws && existsSync(config);
  if (isHere) pointAt(dataDir, environment);
  else if (!values.aws && isNamed) {
    process.stderr.write(noServerIn(config));
    return 1;
  } else if (!values.aws) {
    process.stderr.write(
      `There is no ${config} here: the password goes to AWS. To sign in at a Cognate server, name its folder with --data-dir.\n`,
    );
  }
  const profile = values.profile ?? (isHere ? "cognate-power-user" : undefined);
  // In the environment, because the SDK's own call to STS finds the profile's endpoint only there.
  if (profile !== undefined) environment.AWS_PROFILE = profile;
  const region = values.region ?? (regionOf(userPoolId ?? "") || undefined);
  const client = new CognitoIdentityProviderClient({
    ...(region === undefined ? {} : { region }),
    ...(values["endpoint-url"] === undefined ? {} : { endpoint: values["endpoint-url"] }),
  });
  const prompt = createPrompt(process.stdin, process.stderr);
  try {
    const tokens = await signIn({
      client,
      prompt,
      tell: (text) => process.stderr.write(`${text}\n`),
      userPoolId,
      clientId,
      clientSecret: values["client-secret"] ?? environment.COGNATE_CLIENT_SECRET,
      username,
      password: await prompt.askSecret(`Password of ${username}:`),
      flow,
    });
    process.stdout.write(`${render(tokens, output, token)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return INTERRUPTED;
    process.stderr.write(`${describe(error)}\n`);
    return 1;
  } finally {
    prompt.close();
    client.destroy();
  }
}

function render(
  tokens: AuthenticationResultType,
  output: "json" | "env" | "header",
  token: "access" | "id",
): string {
  switch (output) {
    case "json":
      return JSON.stringify(tokens, null, 2);
    case "env":
      return [
        ["COGNATE_ACCESS_TOKEN", tokens.AccessToken],
        ["COGNATE_ID_TOKEN", tokens.IdToken],
        ["COGNATE_REFRESH_TOKEN", tokens.RefreshToken],
      ]
        .map(([name, value]) => `export ${name}='${value ?? ""}'`)
        .join("\n");
    case "header":
      return `Authorization: Bearer ${(token === "access" ? tokens.AccessToken : tokens.IdToken) ?? ""}`;
  }
}

function describe(error: unknown): string {
  if (error instanceof NoAnswer || error instanceof UnansweredChallenge) return error.message;
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return String(error);
}

function wrongCall(reason: string): number {
  process.stderr.write(`cognate token: ${reason}\n\n${tokenHelp}`);
  return 2;
}
