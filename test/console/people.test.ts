import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteLoginProfileCommand,
  PutUserPolicyCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { createPoolAndClient, type TestServer } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  partsThatTouch,
  startConsole,
  takeScreenshot,
  visit,
} from "./support.ts";

/** An IAM user with a password for the console and one managed policy. */
async function createPerson(
  server: TestServer,
  UserName: string,
  policy: string,
  PasswordResetRequired = false,
): Promise<void> {
  const iam = iamClient(server);
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(
    new CreateLoginProfileCommand({ UserName, Password: "Console-pass1", PasswordResetRequired }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: `arn:aws:iam::aws:policy/${policy}` }));
  iam.destroy();
}

async function signIn(page: ConsolePage, userName: string, password = "Console-pass1"): Promise<void> {
  await page.getByRole("textbox", { name: "IAM user name" }).fill(userName);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

let serving: ConsoleUnderTest;
let developing: ConsoleUnderTest;
beforeAll(async () => {
  serving = await startConsole({ mode: "serve" });
  developing = await startConsole();
});
afterAll(async () => {
  await serving?.stop();
  await developing?.stop();
});

describe("console users of cognate serve", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;

  beforeAll(async () => {
    tested = serving;
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "guarded" }));
    await createPerson(tested.server, "reader", "AmazonCognitoReadOnly");
    await createPerson(tested.server, "leaver", "AdministratorAccess");
    await createPerson(tested.server, "newcomer", "AdministratorAccess", true);
  });

  it("must sign in before they see any data", async () => {
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.content()).not.toContain("guarded");
    await takeScreenshot(page, "signInPage-light-wide");
    expect(await partsThatTouch(page)).toEqual([]);
    await signIn(page, "reader", "wrong");
    await page.getByText("Your authentication information is incorrect. Please try again.").waitFor();
    await signIn(page, "reader");
    await page.getByRole("heading", { level: 1, name: "guarded" }).waitFor();
  });

  it("can read with AmazonCognitoReadOnly, and see AWS's error text for other operations", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users/create`);
    await signIn(page, "reader");
    await page.getByRole("textbox", { name: "User name", exact: true }).fill("jane");
    await page.getByRole("button", { name: "Create user" }).click();
    await page.getByText("You don't have permission for this").waitFor();
    await page
      .getByText(
        `User: arn:aws:iam::123456789012:user/reader is not authorized to perform: cognito-idp:AdminCreateUser on resource: arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId} because no identity-based policy allows the cognito-idp:AdminCreateUser action`,
      )
      .waitFor();
    await takeScreenshot(page, "refused-light-wide");

    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("link", { name: "Users", exact: true }).first().click();
    await page.getByText("No users").waitFor();
    await page.getByRole("link", { name: "Activity" }).click();
    await page.getByText(/is not authorized to perform: cognate:ReadActivity/).waitFor();
  });

  it("are told which development tools this server does not have", async () => {
    const page = await tested.open("/clock");
    await signIn(page, "reader");
    await page.getByText("Only cognate dev has a clock that can be moved.").waitFor();
    await visit(page, "/console/inbox");
    await page.getByText("Only cognate dev keeps messages here.").waitFor();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Inbox");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("sign in with an access key, and sign out", async () => {
    const page = await tested.open("/user-pools");
    const { accessKeyId = "", secretAccessKey = "" } = tested.server.administrator ?? {};
    await page.getByRole("button", { name: "Access key" }).click();
    await page.getByRole("textbox", { name: "Access key ID" }).fill(accessKeyId);
    await page.getByRole("textbox", { name: "Secret access key" }).fill(secretAccessKey);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("link", { name: "guarded" }).waitFor();
    expect(await page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")).not.toContain(
      secretAccessKey,
    );

    const [cookie] = await page.context().cookies(`${tested.server.url}/console/`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/console" });
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();

    // The old cookie is invalid after the sign-out.
    const response = await fetch(`${tested.server.url}/console/api/credentials`, {
      method: "POST",
      headers: {
        "x-cognate-console": "1",
        "content-type": "application/json",
        origin: tested.server.url,
        cookie: `${cookie?.name}=${cookie?.value}`,
      },
      body: "{}",
    });
    expect(response.status).toBe(401);
  });

  it("must first change a password that was reset, by the account's password policy", async () => {
    const page = await tested.open("/user-pools");
    await signIn(page, "newcomer");
    await page.getByText("“newcomer” has to choose another password to continue.").waitFor();
    expect(await page.context().cookies()).toEqual([]);
    const choose = async (password: string) => {
      await page.getByRole("textbox", { name: "New password", exact: true }).fill(password);
      await page.getByRole("textbox", { name: "Repeat new password" }).fill(password);
      await page.getByRole("button", { name: "Change password" }).click();
    };
    await page.getByRole("textbox", { name: "New password", exact: true }).fill("Better-pass2");
    await page.getByRole("textbox", { name: "Repeat new password" }).fill("Better-pass3");
    await page.getByText("The passwords don't match.").waitFor();
    await page.getByRole("button", { name: "Change password", disabled: true }).waitFor();
    await choose("short");
    await page.getByText("Password should have a minimum length of 8").waitFor();
    await takeScreenshot(page, "changePassword-light-wide");
    await choose("Better-pass2");
    await page.getByRole("link", { name: "guarded" }).waitFor();

    const again = await tested.open("/user-pools");
    await signIn(again, "newcomer");
    await again.getByText("Your authentication information is incorrect. Please try again.").waitFor();
    await signIn(again, "newcomer", "Better-pass2");
    await again.getByRole("link", { name: "guarded" }).waitFor();
  });

  it("are signed out once their credential is deleted", async () => {
    const page = await tested.open("/user-pools");
    await signIn(page, "leaver");
    await page.getByRole("link", { name: "guarded" }).waitFor();
    const iam = iamClient(tested.server);
    await iam.send(new DeleteLoginProfileCommand({ UserName: "leaver" }));
    iam.destroy();
    await page.getByRole("link", { name: "Activity" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
  });

  it("must wait after many parallel wrong passwords", async () => {
    const { url } = tested.server;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, attempt) =>
        fetch(`${url}/console/api/sign-in`, {
          method: "POST",
          headers: { "x-cognate-console": "1", "content-type": "application/json", origin: url },
          body: JSON.stringify({ userName: "guessed", password: `wrong-${attempt}` }),
        }),
      ),
    );
    // At most two hashes are under way at a time, and five failures of one name in a row are free.
    const refused = answers.filter(({ status }) => status === 401);
    const slowedDown = answers.filter(({ status }) => status === 429);
    expect(refused.length + slowedDown.length).toBe(8);
    expect(refused.length).toBeLessThanOrEqual(5);
    expect(slowedDown[0]?.headers.get("retry-after")).toBe("1");
  });
});

describe("a session of the console", () => {
  let tested: ConsoleUnderTest;
  const headers = () => ({
    "x-cognate-console": "1",
    "content-type": "application/json",
    origin: tested.server.url,
  });
  const post = (path: string, body: object, cookie = "") =>
    fetch(`${tested.server.url}/console/api/${path}`, {
      method: "POST",
      headers: { ...headers(), cookie },
      body: JSON.stringify(body),
    });

  beforeAll(async () => {
    tested = serving;
    await createPerson(tested.server, "holder", "AdministratorAccess");
    await createPerson(tested.server, "elsewhere", "AdministratorAccess");
  });

  /** The cookie of a new session, and a client with the credentials that the page would get. */
  async function startSession(userName: string, password = "Console-pass1") {
    const signedIn = await post("sign-in", { userName, password });
    expect(signedIn.status).toBe(200);
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const issued = await post("credentials", {}, cookie);
    const { accessKeyId, secretAccessKey, sessionToken } = (await issued.json()) as Record<string, string>;
    const cognito = new CognitoIdentityProviderClient({
      endpoint: tested.server.url,
      region: "us-east-1",
      credentials: {
        accessKeyId: accessKeyId ?? "",
        secretAccessKey: secretAccessKey ?? "",
        sessionToken: sessionToken ?? "",
      },
    });
    return { cookie, listPools: () => cognito.send(new ListUserPoolsCommand({ MaxResults: 1 })) };
  }

  it("revokes its credentials when it ends", async () => {
    const first = await startSession("holder");
    const second = await startSession("holder");
    await first.listPools();
    expect((await post("sign-out", {}, first.cookie)).status).toBe(200);
    await expect(first.listPools()).rejects.toThrow("The security token included in the request is expired");
    await second.listPools();

    const iam = iamClient(tested.server);
    await iam.send(new UpdateLoginProfileCommand({ UserName: "holder", Password: "Console-pass2" }));
    iam.destroy();
    await expect(second.listPools()).rejects.toThrow("The security token included in the request is expired");
  });

  it("applies policy conditions on the source of a request", async () => {
    const session = await startSession("elsewhere");
    const inbox = () =>
      fetch(`${tested.server.url}/console/api/inbox`, { headers: { ...headers(), cookie: session.cookie } });
    const iam = iamClient(tested.server);
    const deny = (address: string) =>
      iam.send(
        new PutUserPolicyCommand({
          UserName: "elsewhere",
          PolicyName: "not-from-there",
          PolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              Effect: "Deny",
              Action: "*",
              Resource: "*",
              Condition: { IpAddress: { "aws:SourceIp": address } },
            },
          }),
        }),
      );
    await deny("192.0.2.0/24");
    expect((await inbox()).status).toBe(200);
    await deny("127.0.0.0/8");
    expect((await inbox()).status).toBe(403);
    iam.destroy();
  });
});

describe("console credentials and content policy", () => {
  let tested: ConsoleUnderTest;

  beforeAll(() => {
    tested = developing;
  });

  const call = (path: string, headers: Record<string, string>, method = "POST") =>
    fetch(`${tested.server.url}/console/api/${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(method === "POST" ? { body: "{}" } : {}),
    });

  it.each([
    ["without the header that only a script can set", {}],
    ["from a page of another origin", { "x-cognate-console": "1", origin: "https://example.com" }],
    ["from another site, as the browser says", { "x-cognate-console": "1", "sec-fetch-site": "cross-site" }],
    ["without an origin", { "x-cognate-console": "1" }],
  ])("rejects a request for credentials %s", async (_how, headers: Record<string, string>) => {
    expect((await call("credentials", headers)).status).toBe(403);
  });

  it("issues credentials to its own page on this machine for 15 minutes", async () => {
    const response = await call("credentials", { "x-cognate-console": "1", origin: tested.server.url });
    expect(response.status).toBe(200);
    const { accessKeyId, expiration, now, arn } = (await response.json()) as Record<string, string>;
    expect(accessKeyId).toMatch(/^ASIA/);
    expect(arn).toBe("arn:aws:iam::123456789012:user/cognate");
    expect(Date.parse(expiration ?? "") - Date.parse(now ?? "")).toBeLessThanOrEqual(900_000);
  });

  it("serves pages with a content policy that blocks other origins and framing", async () => {
    const response = await fetch(`${tested.server.url}/console/`);
    const policy = response.headers.get("content-security-policy") ?? "";
    for (const part of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const [asset] = /\/console\/assets\/[^"]+\.js/.exec(await response.text()) ?? [""];
    const script = await fetch(tested.server.url + asset);
    expect(script.headers.get("cache-control")).toContain("immutable");
  });
});

describe("the console in Japanese", () => {
  let tested: ConsoleUnderTest;

  beforeAll(async () => {
    tested = developing;
    await createPoolAndClient(tested.server.cognito, { PoolName: "staff", UsernameAttributes: ["email"] });
  });

  it("creates a user with the terms of AWS's console", async () => {
    const page = await tested.open("/", { locale: "ja-JP" });
    await page.getByRole("link", { name: "staff" }).click();
    await page.getByRole("link", { name: "ユーザー", exact: true }).click();
    await page.getByRole("link", { name: "ユーザーを作成" }).first().click();
    await page.getByRole("radio", { name: "招待を送信しない" }).check();
    await page.getByRole("textbox", { name: "E メールアドレス" }).fill("hanako@example.com");
    await page.getByRole("checkbox", { name: "E メールアドレスを検証済みとしてマークする" }).check();
    await page.getByRole("radio", { name: "パスワードの設定" }).check();
    await page.getByRole("textbox", { name: "パスワード" }).fill("Temp0rary!");
    await takeScreenshot(page, "createUser-ja");
    await page.getByRole("button", { name: "ユーザーを作成" }).click();
    await page.getByText(/が正常に作成されました。$/).waitFor();
    await page
      .getByRole("row", { name: /hanako@example.com/ })
      .getByText("パスワードを強制的に変更")
      .waitFor();
    expect(page.complaints).toEqual([]);
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
  });

  it("gives way to the language that is selected at the top of the page, which stays selected", async () => {
    const page = await tested.open("/user-pools", { locale: "ja-JP" });
    const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
    await heading("ユーザープール");
    await page.getByRole("button", { name: "設定" }).first().click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await heading("User pools");
    await page.reload();
    await heading("User pools");
    await page.getByRole("button", { name: "Preferences" }).first().click();
    await page.getByRole("menuitem", { name: "日本語" }).click();
    await heading("ユーザープール");
    await page.getByRole("button", { name: "設定" }).first().click();
    await page.getByRole("menuitem", { name: "ダーク" }).click();
    await page.locator("body.awsui-dark-mode").waitFor();
    await takeScreenshot(page, "userPools-ja-dark");
  });
});
