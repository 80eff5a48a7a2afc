import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { endpointIn, noServerIn, pointAt, takeDataDir } from "./data-dir.ts";

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

/** `cognate aws`: @returns the AWS CLI's exit status */
export async function awsCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { dataDir, rest } = takeDataDir(args, environment);
  const config = resolve(join(dataDir, "config"));
  if (!existsSync(config) || !existsSync(join(dataDir, "credentials"))) {
    process.stderr.write(noServerIn(config));
    return 1;
  }
  const own = { ...environment, AWS_EC2_METADATA_DISABLED: "true" };
  pointAt(dataDir, own);
  // CLIs before 1.29 and 2.13 (July 2023) read no endpoint from the config file, and would call AWS.
  const endpoint = endpointIn(config);
  const isNamed = rest.some((argument) => argument.startsWith("--endpoint-url"));
  const isHere = rest.some((argument) => services.includes(argument));
  const where = endpoint === undefined || isNamed || !isHere ? [] : ["--endpoint-url", endpoint];
  const child = spawn("aws", [...where, ...rest], {
    stdio: "inherit",
    env: { ...own, AWS_PROFILE: "cognate" },
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
