import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isMissing } from "../support/machine.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const run = promisify(execFile);
const PASSWORD = "Perm4nent!";

describe.skipIf(isMissing("awsCli"))("the AWS CLI", () => {
  let server: TestServer;
  let ids: { poolId: string; clientId: string };
  beforeAll(async () => {
    server = await startTestServer();
    ids = await createPoolAndClient(
      server.cognito,
      {},
      {
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      },
    );
    await server.cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: ids.poolId,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    const jane = { UserPoolId: ids.poolId, Username: "jane" };
    await createConfirmedUser(server.cognito, { ...jane, Password: PASSWORD });
  });
  afterAll(() => server.stop());

  async function aws(operation: string, ...given: string[]) {
    const { stdout } = await run("aws", ["cognito-idp", operation, ...given, "--output", "json"], {
      env: server.environment(),
    });
    return stdout === "" ? {} : JSON.parse(stdout);
  }

  it("registers an authenticator app, makes it the preferred factor, and signs in by its code", async () => {
    const signIn = () =>
      aws(
        "initiate-auth",
        ...["--client-id", ids.clientId, "--auth-flow", "USER_PASSWORD_AUTH"],
        ...["--auth-parameters", `USERNAME=jane,PASSWORD=${PASSWORD}`],
      );
    const token = ["--access-token", (await signIn()).AuthenticationResult.AccessToken];
    const { SecretCode } = await aws("associate-software-token", ...token);
    const app = new TOTP({ secret: Secret.fromBase32(SecretCode) });
    const timestamp = Date.now();
    const verified = await aws("verify-software-token", ...token, "--user-code", app.generate({ timestamp }));
    expect(verified.Status).toBe("SUCCESS");
    const settings = ["--software-token-mfa-settings", "Enabled=true,PreferredMfa=true"];
    await aws("set-user-mfa-preference", ...token, ...settings);

    const challenge = await signIn();
    expect(challenge.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    // The code of the next time step: the one before was used to register the app.
    const code = app.generate({ timestamp: timestamp + 30_000 });
    const { AuthenticationResult } = await aws(
      "respond-to-auth-challenge",
      ...["--client-id", ids.clientId, "--challenge-name", "SOFTWARE_TOKEN_MFA"],
      ...["--session", challenge.Session],
      ...["--challenge-responses", `USERNAME=jane,SOFTWARE_TOKEN_MFA_CODE=${code}`],
    );
    expect(AuthenticationResult.TokenType).toBe("Bearer");
  }, 120_000);
});
