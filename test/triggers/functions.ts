import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect } from "vitest";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

export const PASSWORD = "Permanent-1";

let folder: string;
export let server: TestServer;
export let app: CognitoIdentityProviderClient;
/** Starts a server whose functions are in a folder of the test file. Called once, at the top of the file. */
export function startFunctionServer(): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-functions-"));
    server = await startTestServer({ lambdaDir: folder, fixedCode: "123456" });
    app = new CognitoIdentityProviderClient({ endpoint: server.url, region: "us-east-1" });
  });
  afterAll(async () => {
    app.destroy();
    await server.stop();
    await rm(folder, { recursive: true });
  });
}

let count = 0;

/** Writes a function whose events are kept in a file. @returns its ARN, and the events */
export async function functionOf(body: string): Promise<{
  arn: string;
  // biome-ignore lint/suspicious/noExplicitAny: events are compared by the tests
  events(): Promise<any[]>;
}> {
  const name = `function${++count}`;
  const log = join(folder, `${name}.jsonl`);
  await writeFile(log, "");
  await writeFile(
    join(folder, `${name}.mjs`),
    `import { appendFileSync } from "node:fs";
     export const handler = async (event) => {
       appendFileSync(${JSON.stringify(log)}, JSON.stringify(event) + "\\n");
       ${body}
       return event;
     };`,
  );
  return {
    arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    async events() {
      const text = await readFile(log, "utf8");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
    },
  };
}

type Triggers = NonNullable<CreateUserPoolCommandInput["LambdaConfig"]>;

export async function poolWith(
  LambdaConfig: Triggers,
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
) {
  const made = await createPoolAndClient(server.cognito, { ...pool, LambdaConfig }, client);
  return {
    ...made,
    async addJane(attributes: Record<string, string> = {}) {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const named = { UserPoolId: made.poolId, Username: "jane" };
      const { User } = await createConfirmedUser(server.cognito, {
        ...named,
        UserAttributes,
        Password: PASSWORD,
      });
      return User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
    },
    signIn: (ClientMetadata?: Record<string, string>, Password = PASSWORD) =>
      app.send(
        new InitiateAuthCommand({
          ClientId: made.clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD: Password },
          ...(ClientMetadata && { ClientMetadata }),
        }),
      ),
  };
}

export const refused = (name: string, message: string) => ({ name, message });
export const caller = (clientId: string | null) => ({
  awsSdkVersion: expect.stringMatching(/^aws-sdk-js-3\./),
  clientId,
});
