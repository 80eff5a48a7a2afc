import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { endpointIn, noServerIn, takeDataDir } from "./data-dir.ts";

export const awsHelp = `cognate aws [--data-dir DIR] ARGS…

Runs the installed AWS CLI against this server: endpoint, credentials and region come from the files that
the server wrote into its data folder, whatever else is configured on this machine.

  cognate aws cognito-idp list-user-pools --max-results 10
  cognate aws --profile cognate-power-user sts get-caller-identity

  --data-dir DIR   The server's data folder. [.cognate, or COGNATE_DATA_DIR]

The profile is cognate, an administrator, unless --profile names another of the config file there.
`;

/** The services of this server. Calls of other services go to AWS. */
const services = ["cognito-idp", "iam", "sts"];

/** Environment variables that would give the CLI another endpoint, region or identity. */
const overriding =
  /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PROFILE|DEFAULT_PROFILE|REGION|DEFAULT_REGION|IGNORE_CONFIGURED_ENDPOINT_URLS|ENDPOINT_URL.*|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS.*|CA_BUNDLE)$/;

/** `cognate aws`: @returns the AWS CLI's exit status */
export async function awsCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { dataDir, rest } = takeDataDir(args, environment);
  const config = resolve(join(dataDir, "config"));
  const credentials = resolve(join(dataDir, "credentials"));
  if (!existsSync(config) || !existsSync(credentials)) {
    process.stderr.write(noServerIn(config));
    return 1;
  }
  const inherited = Object.entries(environment).filter(([name]) => !overriding.test(name));
  // CLIs before 1.29 and 2.13 (July 2023) read no endpoint from the config file, and would call AWS.
  const endpoint = endpointIn(config);
  const isNamed = rest.some((argument) => argument.startsWith("--endpoint-url"));
  const isHere = rest.some((argument) => services.includes(argument));
  const where = endpoint === undefined || isNamed || !isHere ? [] : ["--endpoint-url", endpoint];
  const child = spawn("aws", [...where, ...rest], {
    stdio: "inherit",
    env: {
      ...Object.fromEntries(inherited),
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      AWS_PROFILE: "cognate",
      AWS_EC2_METADATA_DISABLED: "true",
    },
  });
  return new Promise((done) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      process.stderr.write(
        error.code === "ENOENT"
          ? "The AWS CLI is not installed, or not on the PATH: https://docs.aws.amazon.com/cli/\n"
          : `The AWS CLI could not be started: ${error.message}\n`,
      );
      done(1);
    });
    child.on("exit", (status) => done(status ?? 1));
  });
}
