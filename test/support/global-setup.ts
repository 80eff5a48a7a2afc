/** Gives every test file of a run the AWS CLI on its PATH and databases of one Postgres. */
import type { TestProject } from "vitest/node";
import { provideAwsCli } from "./aws-cli.ts";
import { serveDatabases } from "./database.ts";

declare module "vitest" {
  interface ProvidedContext {
    hasAwsCli: boolean;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("hasAwsCli", provideAwsCli());
  const databases = await serveDatabases();
  project.provide("databasesUrl", databases.url);
  return () => databases.stop();
}
