/** Gives every test file of a run one folder for temporary files, the AWS CLI on its PATH and databases of one Postgres. */
import type { TestProject } from "vitest/node";
import { provideAwsCli } from "./aws-cli.ts";
import { serveDatabases } from "./database.ts";
import { ownTemporaryFolder } from "./temporary-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    hasAwsCli: boolean;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The servers of the tests are on this machine, whatever proxy its user needs.
  process.env.NO_PROXY = process.env.no_proxy = "127.0.0.1,localhost,::1";
  // What the programs of the tests print is compared as it is printed without a terminal.
  for (const name of ["FORCE_COLOR", "NO_COLOR", "CLICOLOR_FORCE"]) delete process.env[name];
  const removeTemporaryFolder = ownTemporaryFolder();
  project.provide("hasAwsCli", provideAwsCli());
  const databases = await serveDatabases();
  project.provide("databasesUrl", databases.url);
  return async () => {
    await databases.stop();
    await removeTemporaryFolder();
  };
}
