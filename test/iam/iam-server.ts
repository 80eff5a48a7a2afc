import type { IAMClient } from "@aws-sdk/client-iam";
import { afterAll, beforeAll } from "vitest";
import { iamClient } from "../support/iam.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

export let server: TestServer;
/** As the administrator. */
export let iam: IAMClient;

/** Starts a server for the tests of a file. Called once, at the top of the file. */
export function startIamServer(): void {
  beforeAll(async () => {
    server = await startTestServer();
    iam = iamClient(server);
  });
  afterAll(async () => {
    iam.destroy();
    await server.stop();
  });
}
