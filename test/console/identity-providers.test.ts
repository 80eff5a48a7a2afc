import { CreateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ConsoleUnderTest, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

let console: ConsoleUnderTest;
let poolId: string;

beforeAll(async () => {
  console = await startConsole();
  const { UserPool } = await console.server.cognito.send(new CreateUserPoolCommand({ PoolName: "shop" }));
  poolId = UserPool?.Id ?? "";
});
afterAll(() => console.stop());

it("adds an OpenID Connect provider and shows the redirect URI for its other side", async () => {
  const page = await console.open(`/user-pools/${poolId}/identity-providers`);
  await page.getByRole("link", { name: "Add identity provider" }).first().click();
  await page.getByRole("button", { name: "Add identity provider" }).click();
  await page.getByText("Enter a value.").first().waitFor();
  await page.getByLabel("Provider name").fill("Example");
  await page.getByLabel("Client ID").fill("cognate");
  await page.getByLabel("Client secret").fill("secret");
  await page.getByLabel("Issuer URL").fill("https://idp.example.com");
  expect(await seriousFindings(page)).toEqual([]);
  await takeScreenshot(page, "identity-provider-form", true);
  await page.getByRole("button", { name: "Add identity provider" }).click();
  await page.getByText(`/${poolId}/oauth2/idpresponse`).waitFor();
  await page.getByText("email ← email").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await takeScreenshot(page, "identity-provider");
  expect(page.complaints).toEqual([]);
});
