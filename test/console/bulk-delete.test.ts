/** Several groups, app clients or identity providers that are deleted together. */
import {
  CreateGroupCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  DeleteGroupCommand,
  ListGroupsCommand,
  ListIdentityProvidersCommand,
  ListUserPoolClientsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  flash,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

describe("the deletion of several items of a list", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "crowded" }));
  });
  afterAll(() => tested.stop());

  /** Selects the items and opens the dialog, which wants a word to be typed. */
  async function askToDelete(page: ConsolePage, names: readonly string[]) {
    for (const name of names) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: "Delete", exact: true });
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog.getByText("Enter “delete”, exactly as it is written here.").waitFor();
    await dialog.getByRole("textbox", { name: /To confirm/ }).fill("delete");
    return { dialog, confirm };
  }

  /** Those of the groups that exist. */
  const existing = async (...names: readonly string[]) => {
    const { Groups = [] } = await tested.server.cognito.send(new ListGroupsCommand({ UserPoolId: poolId }));
    return Groups.map(({ GroupName = "" }) => GroupName).filter((name) => names.includes(name));
  };
  const createGroup = (GroupName: string) =>
    tested.server.cognito.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName }));

  it("removes the selected groups and no others", async () => {
    for (const name of ["red", "green", "blue"]) await createGroup(name);
    const page = await tested.open(`/user-pools/${poolId}/groups`);
    const { dialog, confirm } = await askToDelete(page, ["red", "blue"]);
    await dialog.getByText("2 groups will be deleted for good").waitFor();
    expect(await dialog.getByRole("listitem").allTextContents()).toEqual(["red", "blue"]);
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "bulk-delete-groups");
    await confirm.click();
    await flash(page, "Deleted: 2 groups.").waitFor();
    expect(await existing("red", "green", "blue")).toEqual(["green"]);
    expect(page.complaints).toEqual([]);
  });

  it("keeps groups that could not be deleted in the dialog", async () => {
    for (const name of ["first", "second"]) await createGroup(name);
    const page = await tested.open(`/user-pools/${poolId}/groups`);
    const { dialog, confirm } = await askToDelete(page, ["first", "second"]);
    const message = JSON.stringify({ __type: "NotAuthorizedException", message: "Not this group" });
    await page.route(`${tested.server.url}/`, (route, request) =>
      request.postData()?.includes('"first"')
        ? route.fulfill({ status: 400, contentType: "application/x-amz-json-1.1", body: message })
        : route.continue(),
    );
    await confirm.click();
    await dialog.getByText("1 of 2 failed.").waitFor();
    expect(await dialog.getByRole("listitem").allTextContents()).toEqual(["first"]);
    expect(await existing("first", "second")).toEqual(["first"]);
    // Somebody else deletes it: then nothing is left to do.
    await page.unroute(`${tested.server.url}/`);
    await tested.server.cognito.send(new DeleteGroupCommand({ UserPoolId: poolId, GroupName: "first" }));
    await confirm.click();
    await flash(page, "Deleted: 1 group.").waitFor();
    expect(await existing("first", "second")).toEqual([]);
  });

  it("removes app clients, which differ by their IDs", async () => {
    const { cognito } = tested.server;
    const ids: string[] = [];
    for (const ClientName of ["twin", "twin", "other"]) {
      const command = new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName });
      ids.push((await cognito.send(command)).UserPoolClient?.ClientId ?? "");
    }
    const page = await tested.open(`/user-pools/${poolId}/app-clients`);
    await page.getByRole("checkbox", { name: "Select twin" }).first().check();
    await page.getByRole("checkbox", { name: "Select twin" }).last().check();
    const { dialog, confirm } = await askToDelete(page, []);
    await dialog.getByText("2 app clients will be deleted for good").waitFor();
    for (const id of ids.slice(0, 2)) await dialog.getByText(`twin (${id})`).waitFor();
    await confirm.click();
    await flash(page, "Deleted: 2 app clients.").waitFor();
    const { UserPoolClients = [] } = await cognito.send(
      new ListUserPoolClientsCommand({ UserPoolId: poolId, MaxResults: 60 }),
    );
    expect(UserPoolClients.map(({ ClientName }) => ClientName).sort()).toEqual(["other", "test"]);
  });

  it("removes identity providers", async () => {
    const { cognito } = tested.server;
    const ProviderDetails = {
      client_id: "id",
      client_secret: "secret",
      authorize_scopes: "openid",
      oidc_issuer: "https://login.example.com",
      attributes_request_method: "GET",
      authorize_url: "https://login.example.com/authorize",
      token_url: "https://login.example.com/token",
      attributes_url: "https://login.example.com/userinfo",
      jwks_uri: "https://login.example.com/keys",
    };
    for (const ProviderName of ["North", "South", "West"])
      await cognito.send(
        new CreateIdentityProviderCommand({
          UserPoolId: poolId,
          ProviderName,
          ProviderType: "OIDC",
          ProviderDetails,
        }),
      );
    const page = await tested.open(`/user-pools/${poolId}/identity-providers`);
    const { dialog, confirm } = await askToDelete(page, ["North", "West"]);
    await dialog.getByText("Their users stay, and can no longer sign in.").waitFor();
    await confirm.click();
    await flash(page, "Deleted: 2 identity providers.").waitFor();
    const { Providers = [] } = await cognito.send(new ListIdentityProvidersCommand({ UserPoolId: poolId }));
    expect(Providers.map(({ ProviderName }) => ProviderName)).toEqual(["South"]);
  });
});
