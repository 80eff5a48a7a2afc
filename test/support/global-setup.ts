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
  const removeTemporaryFolder = ownTemporaryFolder();
  project.provide("hasAwsCli", provideAwsCli());
  const databases = await serveDatabases();
  project.provide("databasesUrl", databases.url);
  return async () => {
    await databases.stop();
    await removeTemporaryFolder();
  };
}
