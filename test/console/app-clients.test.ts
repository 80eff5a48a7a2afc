import {
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, isRefused, startConsole } from "./support.ts";

describe("app clients in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let secretClientId: string;
  let secret: string;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    const made = await createPoolAndClient(
      tested.server.cognito,
      { PoolName: "clients" },
      { ClientName: "server", GenerateSecret: true, CallbackURLs: ["https://example.com/"] },
    );
    ({ poolId, clientId: secretClientId } = made);
    secret = made.clientSecret ?? "";
  });
  afterAll(() => tested.stop());

  async function described(clientId: string): Promise<UserPoolClientType> {
    const answer = await tested.server.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    return answer.UserPoolClient ?? {};
  }
  async function createServerClient(ClientName: string): Promise<UserPoolClientType> {
    const answer = await tested.server.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName, GenerateSecret: true }),
    );
    return answer.UserPoolClient ?? {};
  }
  const openClient = (clientId: string) =>
    tested.open(`/user-pools/${poolId}/app-clients/detail/${clientId}`);

  it("are created with a type, flows and lifetimes, and show their id with a copy button", async () => {
    const page = await tested.open(`/user-pools/${poolId}/app-clients`);
    await page.getByRole("link", { name: "Create app client" }).click();
    await page.getByRole("radio", { name: "Mobile app" }).check();
    await page.getByRole("textbox", { name: "App client name" }).fill("phone");
    await page.getByRole("checkbox", { name: /^Sign in with server-side/ }).uncheck();
    await page.getByRole("button", { name: "Token expiration" }).click();
    await page.getByRole("textbox", { name: "Access token expiration" }).fill("3");
    await page.getByText("Enter a time in the range below.").waitFor();
    await page.getByRole("textbox", { name: "Access token expiration" }).fill("15");
    await page.getByRole("button", { name: "Create app client" }).click();
    await flash(page, "App client “phone” has been created successfully.").waitFor();

    const clientId = /detail\/([^/]+)$/.exec(page.url())?.[1] ?? "";
    await page.getByRole("button", { name: "Copy Client ID" }).waitFor();
    expect(await described(clientId)).toMatchObject({
      ClientName: "phone",
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: "minutes" },
      PreventUserExistenceErrors: "ENABLED",
    });
    expect((await described(clientId)).ClientSecret).toBeUndefined();
    // The client allows SRP alone, so the lines for a browser application are shown.
    await page.getByRole("tab", { name: "Amplify" }).waitFor();
  });

  it("show a secret only on request", async () => {
    const page = await openClient(secretClientId);
    await page.getByRole("button", { name: "Show client secret" }).waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole("button", { name: "Show client secret" }).click();
    await page.getByText(secret).waitFor();
    await page.getByRole("button", { name: "Hide client secret" }).click();
    await page.getByText(secret).waitFor({ state: "detached" });
    expect(await page.content()).not.toContain(secret);
  });

  it("keep every other setting if one is edited", async () => {
    const before = await described(secretClientId);
    const page = await openClient(secretClientId);
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    const duration = page.getByRole("textbox", { name: "Authentication flow session duration" });
    await duration.fill("20");
    await isRefused(duration);
    await duration.fill("15");
    await page.getByRole("checkbox", { name: "Prevent user existence errors" }).check();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “server” has been updated.").waitFor();
    const after = await described(secretClientId);
    expect(after).toMatchObject({
      AuthSessionValidity: 15,
      PreventUserExistenceErrors: "ENABLED",
      CallbackURLs: before.CallbackURLs,
      ExplicitAuthFlows: before.ExplicitAuthFlows,
      ClientSecret: secret,
    });
  });

  it("show the attributes that they can read and write", async () => {
    const page = await openClient(secretClientId);
    await page.getByRole("tab", { name: "Attribute permissions" }).click();
    await page.getByRole("tabpanel").getByRole("link", { name: "Edit" }).click();
    await page.getByRole("checkbox", { name: "Write address" }).uncheck();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “server” has been updated.").waitFor();
    const { ReadAttributes, WriteAttributes } = await described(secretClientId);
    expect(ReadAttributes).toContain("address");
    expect(WriteAttributes).not.toContain("address");
    expect(WriteAttributes).toContain("email");
  });

  it("get a second secret, and delete the first", async () => {
    const { ClientId = "", ClientSecret } = await createServerClient("renewed");
    const page = await openClient(ClientId);
    await page.getByRole("tab", { name: "Client secrets" }).click();
    await page.getByRole("button", { name: "Add client secret" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Add client secret" }).click();
    await page.getByRole("heading", { name: "Client secret added" }).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).nth(2).waitFor();
    await page.getByRole("tabpanel").getByRole("button", { name: "Delete" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await flash(page, "The client secret has been deleted.").waitFor();
    expect((await described(ClientId)).ClientSecret).not.toBe(ClientSecret);
  });

  it("are deleted after their name is entered", async () => {
    const { ClientId = "" } = await createServerClient("old");
    const page = await openClient(ClientId);
    await page.getByRole("button", { name: "Delete" }).first().click();
    await page
      .getByRole("dialog")
      .getByRole("textbox", { name: /To confirm/ })
      .fill("old");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await flash(page, "App client “old” has been deleted successfully.").waitFor();
    await expect(described(ClientId)).rejects.toThrow("does not exist");
  });
});
