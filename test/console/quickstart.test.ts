import { AdminCreateUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, startConsole } from "./support.ts";

describe("the quickstart, with the user created in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let clientId: string;

  beforeAll(async () => {
    tested = await startConsole();
    ({ poolId, clientId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "article",
      UsernameAttributes: ["email"],
    }));
  });
  afterAll(() => tested.stop());

  it("creates a user with the fields of AWS's console, and the AWS CLI signs the user in", async () => {
    const { server } = tested;
    const page = await tested.open("/");

    await page.getByRole("link", { name: "article" }).click();
    await page.getByRole("link", { name: "Users", exact: true }).click();
    await page.getByRole("heading", { name: /^Users/ }).waitFor();
    await page.getByRole("link", { name: "Create user" }).first().click();

    await page.getByRole("radio", { name: "Don't send an invitation" }).check();
    await page.getByRole("textbox", { name: "Email address" }).fill("taro@example.com");
    await page.getByRole("checkbox", { name: "Mark email address as verified" }).check();
    await page.getByRole("radio", { name: "Set a password" }).check();
    await page.getByRole("textbox", { name: "Password" }).fill("Temp0rary!");
    await page.getByRole("button", { name: "Create user" }).click();

    await flash(page, "has been created successfully.").waitFor();
    const row = page.getByRole("row", { name: /taro@example.com/ });
    await row.getByText("Force change password").waitFor();
    expect(page.complaints).toEqual([]);

    const pool = ["--user-pool-id", poolId, "--client-id", clientId];
    const challenge = await server.aws(
      "cognate-power-user",
      ...["cognito-idp", "admin-initiate-auth", ...pool, "--auth-flow", "ADMIN_USER_PASSWORD_AUTH"],
      ...["--auth-parameters", "USERNAME=taro@example.com,PASSWORD=Temp0rary!"],
    );
    expect(challenge.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    const answer = await server.aws(
      "cognate-power-user",
      ...["cognito-idp", "admin-respond-to-auth-challenge", ...pool, "--session", challenge.Session],
      ...["--challenge-name", "NEW_PASSWORD_REQUIRED"],
      ...["--challenge-responses", "USERNAME=taro@example.com,NEW_PASSWORD=Perm4nent!"],
    );
    expect(answer.AuthenticationResult).toMatchObject({ TokenType: "Bearer", ExpiresIn: 3600 });

    await page.getByRole("button", { name: "Refresh" }).click();
    await row.getByText("Confirmed").waitFor();
  });

  it("shows the errors that Cognito would return while the form is filled in", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users/create`);
    await page.getByRole("textbox", { name: "Email address" }).fill("taro");
    await page.getByText("Enter an email address, for example jane@example.com.").waitFor();
    await page.getByRole("textbox", { name: "Phone number" }).fill("090-1234-5678");
    await page.getByText("Enter a phone number in the format below.").waitFor();
    await page.getByRole("radio", { name: "Set a password" }).check();
    await page.getByRole("textbox", { name: "Password" }).fill("temporary");
    await page.getByText("The password doesn't meet all requirements yet.").waitFor();
  });

  it("shows the server's error text unchanged", async () => {
    const Username = "hanako@example.com";
    await tested.server.cognito.send(
      new AdminCreateUserCommand({ UserPoolId: poolId, Username, MessageAction: "SUPPRESS" }),
    );
    const page = await tested.open(`/user-pools/${poolId}/users/create`);
    await page.getByRole("textbox", { name: "Email address" }).fill(Username);
    await page.getByRole("button", { name: "Create user" }).click();
    await page.getByText("UsernameExistsException").waitFor();
    await page.getByText("already exists").waitFor();
  });

  it("shows the quickstart's commands with the ids of the pool and the client", async () => {
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    const commands = page.locator("pre", { hasText: "admin-initiate-auth" });
    await commands.waitFor();
    expect(await commands.textContent()).toContain(`--user-pool-id ${poolId}`);
    expect(await commands.textContent()).toContain(`--client-id ${clientId}`);
    for (const [language, line] of [
      ["JavaScript", "new CognitoIdentityProviderClient"],
      ["Python", "boto3.client("],
      ["Ruby", "Aws::CognitoIdentityProvider::Client.new"],
    ] as const) {
      await page.getByRole("tab", { name: language }).click();
      await page.locator("pre", { hasText: line }).waitFor();
    }
  });
});
