/** Triggers whose functions are behind a Lambda API. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, startConsole, takeScreenshot } from "./support.ts";

let lambda: Server;
let endpoint: string;
let tested: ConsoleUnderTest;
const invoked: (string | undefined)[] = [];

beforeAll(async () => {
  lambda = createServer((request, response) => {
    invoked.push(request.url);
    request.resume();
    response.setHeader("content-type", "application/json");
    request.on("end", () => response.end('{ "response": { "answeredBy": "the endpoint" } }'));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => lambda.once("listening", resolve));
  endpoint = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
  tested = await startConsole({ lambdaEndpoint: endpoint });
});
afterAll(async () => {
  await tested.stop();
  lambda.closeAllConnections();
  lambda.close();
});

it("shows the endpoint of a trigger, and invokes the function there with a sample event", async () => {
  const { poolId } = await createPoolAndClient(tested.server.cognito, {
    PoolName: "remote",
    LambdaConfig: { PreSignUp: "arn:aws:lambda:us-east-1:123456789012:function:remote" },
  });
  const page = await tested.open(`/user-pools/${poolId}/extensions`);
  await page.getByText(`Lambda API at ${endpoint}`).waitFor();
  await page.getByRole("button", { name: "Invoke with a sample event: Pre sign-up" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Event" }).waitFor();
  await dialog.getByRole("button", { name: "Invoke", exact: true }).click();
  await dialog.locator("pre", { hasText: "the endpoint" }).waitFor();
  expect(invoked).toEqual(["/2015-03-31/functions/remote/invocations"]);
  await takeScreenshot(page, "extensions-endpoint");
  expect(page.complaints).toEqual([]);
});
