/** Runs the commands that the console shows, unchanged. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ExplicitAuthFlowsType } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type QuickstartPlace, quickstarts } from "../../console/src/rules/quickstart/index.ts";
import { need } from "../support/machine.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

const run = promisify(execFile);

describe("commands of a quickstart", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  async function place(flows: ExplicitAuthFlowsType[], generateSecret = false): Promise<QuickstartPlace> {
    const { poolId, clientId } = await createPoolAndClient(
      server.cognito,
      { UsernameAttributes: ["email"] },
      { ExplicitAuthFlows: flows, GenerateSecret: generateSecret },
    );
    return {
      poolId,
      clientId,
      hasSecret: generateSecret,
      flows,
      signIn: { hasUsername: false, email: true, phoneNumber: false, preferredUsername: false },
      endpoint: server.url,
      takesAnyKey: true,
      awsFiles: { config: `${server.dataDir}/config`, credentials: `${server.dataDir}/credentials` },
    };
  }
  function lines(id: string, step: string, of: QuickstartPlace): string {
    const found = quickstarts
      .find((quickstart) => quickstart.id === id)
      ?.steps.find(({ name }) => name === step);
    if (found === undefined) throw new Error(`There is no step ${step} of ${id}.`);
    return found.lines(of);
  }
  /** An environment without any credentials, so that the commands must contain them. */
  const bare = () => ({ PATH: process.env.PATH, HOME: server.dataDir, AWS_EC2_METADATA_DISABLED: "true" });
  const node = (code: string) => run("node", ["--input-type=module", "--eval", code], { env: bare() });
  const shell = (code: string) => {
    need("awsCli");
    return run("bash", ["-euc", code], { env: { ...server.environment(), AWS_PROFILE: undefined } });
  };

  const admin: ExplicitAuthFlowsType[] = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  const srp: ExplicitAuthFlowsType[] = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

  it("sign a new user in with the AWS CLI", async () => {
    const here = await place(admin);
    const steps = ["setUp", "createUser", "signIn", "newPassword"].map((step) => lines("cli", step, here));
    const { stdout } = await shell(steps.join("\n"));
    expect(stdout).toContain('"IdToken"');
  });

  it("sign a new user in with the JavaScript SDK, without other credentials", async () => {
    const { stdout } = await node(lines("javascript", "whole", await place(admin)));
    expect(stdout).toContain("IdToken");
  });

  it.each(["amplify", "identity-js"])("sign a user in by SRP with %s", async (id) => {
    const here = await place(srp);
    await shell(lines(id, "withCli", here));
    const { stdout } = await node(lines(id, "app", here));
    expect(stdout).toContain("token_use: 'id'");
  });

  it.each([
    ["server-side credentials", admin, false, ["cli", "javascript", "python", "ruby"]],
    ["SRP alone", srp, false, ["amplify", "identity-js"]],
    ["SRP with a client secret", srp, true, []],
    ["both", [...admin, ...srp], false, quickstarts.map(({ id }) => id)],
  ])("are shown if the app client allows them: %s", async (_name, flows, hasSecret, expected) => {
    const here = { ...(await place(flows)), hasSecret };
    expect(quickstarts.filter(({ fits }) => fits(here)).map(({ id }) => id)).toEqual(expected);
  });
});
