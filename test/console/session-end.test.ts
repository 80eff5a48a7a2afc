/** What is on a page when the session ends, or the server cannot be reached, while a person fills in a form. */
import {
  CreateGroupCommand,
  GetGroupCommand,
  UpdateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, startConsole } from "./support.ts";

const PASSWORD = "Console-pass1";
const OTHER_PASSWORD = "Other-pass2";

const isCallOf = (operation: string) => (request: Request) =>
  request.headers()["x-amz-target"]?.endsWith(`.${operation}`) === true;

describe("a session that ends while a form is filled in", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let iam: IAMClient;

  beforeAll(async () => {
    tested = await startConsole({ mode: "serve" });
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "guarded" }));
    iam = iamClient(tested.server);
    for (const UserName of ["jane", "kim", "lee"]) {
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new CreateLoginProfileCommand({ UserName, Password: PASSWORD }));
      const PolicyArn = "arn:aws:iam::aws:policy/AmazonCognitoPowerUser";
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    }
  });
  afterAll(async () => {
    iam.destroy();
    await tested.stop();
  });

  const underWay = new WeakMap<Page, Set<Request>>();

  async function signIn(page: Page, userName: string, password = PASSWORD): Promise<void> {
    noteRequests(page);
    await page.getByRole("textbox", { name: "IAM user name" }).fill(userName);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  async function signOut(page: Page): Promise<void> {
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
  }

  function noteRequests(page: Page): void {
    const requests = new Set<Request>();
    underWay.set(page, requests);
    page.on("request", (request) => requests.add(request));
    page.on("requestfinished", (request) => requests.delete(request));
    page.on("requestfailed", (request) => requests.delete(request));
  }

  /**
   * Ends the session and the credentials of a page without its knowledge, as another password does. Hashes take long.
   *
   * A request that is still under way would show the sign-in page before the next click.
   */
  async function endSession(page: Page): Promise<void> {
    await expect.poll(() => underWay.get(page)?.size).toBe(0);
    const [{ name, value } = {}] = await page.context().cookies(`${tested.server.url}/console/`);
    const answer = await fetch(`${tested.server.url}/console/api/sign-out`, {
      method: "POST",
      headers: {
        "x-cognate-console": "1",
        "content-type": "application/json",
        origin: tested.server.url,
        cookie: `${name}=${value}`,
      },
      body: "{}",
    });
    expect(answer.status).toBe(200);
  }

  it("leaves the input to the same person, who signs in again with another password", async () => {
    const page = await tested.open(`/user-pools/${poolId}/groups/create`);
    await signIn(page, "lee");
    await page.getByLabel("Group name").fill("editors");
    await page.getByLabel(/^Description/).fill("They write.");
    await iam.send(new UpdateLoginProfileCommand({ UserName: "lee", Password: OTHER_PASSWORD }));
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    expect(await page.getByLabel("Group name").isVisible()).toBe(false);
    await signIn(page, "lee", OTHER_PASSWORD);
    await page.locator("h1:focus", { hasText: "Create group" }).waitFor();
    expect(await page.title()).toBe("Create group · Cognate");
    expect(await page.getByLabel("Group name").inputValue()).toBe("editors");
    expect(await page.getByLabel(/^Description/).inputValue()).toBe("They write.");
    await page.getByRole("button", { name: "Create group" }).click();
    await flash(page, "Group “editors” has been created successfully.").waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("saves only what the person has changed, if the page was loaded again after another one's change", async () => {
    const { cognito } = tested.server;
    const GroupName = "reviewers";
    await cognito.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName, Precedence: 1 }));
    const page = await tested.open(`/user-pools/${poolId}/groups/detail/${GroupName}/edit`);
    await signIn(page, "jane");
    await page.getByLabel("Description").fill("They review");
    await cognito.send(new UpdateGroupCommand({ UserPoolId: poolId, GroupName, Precedence: 2 }));
    await endSession(page);
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    const isReloaded = page.waitForEvent("requestfinished", isCallOf("GetGroup"));
    await signIn(page, "jane");
    await isReloaded;
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "Group “reviewers” has been updated.").waitFor();
    const { Group } = await cognito.send(new GetGroupCommand({ UserPoolId: poolId, GroupName }));
    expect(Group).toMatchObject({ Description: "They review", Precedence: 2 });
  });

  it("leaves an open dialog, which the sign-in page hides", async () => {
    const page = await tested.open(`/user-pools/${poolId}/domain`);
    await signIn(page, "jane");
    await page.getByRole("button", { name: "Create Cognito domain" }).click();
    await page.getByLabel("Domain prefix").fill("kept-open");
    await endSession(page);
    await page.getByRole("dialog").getByRole("button", { name: "Create Cognito domain" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await signIn(page, "jane");
    await page.getByRole("dialog").getByRole("button", { name: "Create Cognito domain" }).click();
    await flash(page, "Domain “kept-open” has been created.").waitFor();
  });

  it("shows the sign-in page over a form with a list of choices until a sign-in here or in another tab", async () => {
    const page = await tested.open("/iam/users/create");
    await page.locator('input[autocomplete="username"]:focus').waitFor();
    await signIn(page, "jane");
    await page.locator("h1:focus", { hasText: "Create IAM user" }).waitFor();
    await page.getByRole("textbox", { name: "User name" }).fill("kept");
    await endSession(page);
    await page.getByRole("button", { name: "Create IAM user" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    await page.locator('input[autocomplete="username"]:focus').waitFor();

    // Another tab signs the person in, and this one is looked at again.
    const other = await page.context().newPage();
    await other.goto(`${tested.server.url}/console/user-pools`);
    await signIn(other, "jane");
    await other.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    await other.close();
    await page.evaluate(`document.dispatchEvent(new Event("visibilitychange"))`);
    await page.locator("h1:focus", { hasText: "Create IAM user" }).waitFor();
    expect(await page.getByRole("textbox", { name: "User name" }).inputValue()).toBe("kept");
  });

  it("follows a sign-out and a sign-in in a window beside it", async () => {
    const page = await tested.open("/user-pools");
    await signIn(page, "jane");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    const form = await page.context().newPage();
    await form.goto(`${tested.server.url}/console/user-pools/${poolId}/groups/create`);
    await form.getByLabel("Group name").fill("editors");

    await signOut(page);
    await form.getByText("Your session has ended. Sign in again to continue.").waitFor();
    expect(await form.getByLabel("Group name").isVisible()).toBe(false);

    await signIn(page, "jane");
    await form.locator("h1:focus", { hasText: "Create group" }).waitFor();
    expect(await form.getByLabel("Group name").inputValue()).toBe("editors");

    // Another person sees nothing of it.
    await signOut(page);
    await signIn(form, "kim");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    // Each window asks for itself who has signed in.
    for (const window of [page, form]) await window.getByRole("button", { name: /^Account.*kim/ }).waitFor();
    expect(await form.getByLabel("Group name").inputValue()).toBe("");
    await form.close();
  });

  it("uses no answer about the session that comes after a later one", async () => {
    const page = await tested.open("/user-pools");
    await signIn(page, "jane");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    const form = await page.context().newPage();
    await form.goto(`${tested.server.url}/console/user-pools/${poolId}/groups/create`);
    await form.getByLabel("Group name").fill("editors");

    const answered = Promise.withResolvers<void>();
    let answers = 0;
    await form.route("**/console/api/me", async (route) => {
      const response = await route.fetch();
      if (answers++ === 0) await answered.promise;
      await route.fulfill({ response });
    });
    const isAnswered = () => form.waitForEvent("requestfinished", (request) => request.url().endsWith("/me"));
    await signOut(page);
    await expect.poll(() => answers).toBe(1);
    const second = isAnswered();
    await signIn(page, "jane");
    await second;
    const first = isAnswered();
    answered.resolve();
    await first;
    await form.evaluate("new Promise(requestAnimationFrame)");
    expect(await form.getByLabel("Group name").isVisible()).toBe(true);
    await form.close();
  });

  it("keeps the sign-in page, with an error, if the server does not say who signed in", async () => {
    const page = await tested.open(`/user-pools/${poolId}/groups/create`);
    await signIn(page, "jane");
    await page.getByLabel("Group name").fill("editors");
    await endSession(page);
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    await page.route("**/console/api/me", (route) => route.abort());
    await signIn(page, "jane");
    await page.getByText("The server doesn't answer").waitFor();
    await page.unroute("**/console/api/me");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.locator("h1:focus", { hasText: "Create group" }).waitFor();
    expect(await page.getByLabel("Group name").inputValue()).toBe("editors");
  });

  it("says that a sign-out has failed", async () => {
    const page = await tested.open("/user-pools");
    await signIn(page, "jane");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    await page.route("**/console/api/sign-out", (route) => route.abort());
    await signOut(page);
    await flash(page, "Check that the server is running").waitFor();
  });

  it("stops the polling of the hidden page until a sign-in", async () => {
    const page = await tested.open("/user-pools");
    // The clock of the page, so that nobody waits for the intervals.
    await page.clock.install();
    await page.goto(`${tested.server.url}/console/user-pools/${poolId}/users/import`);
    await signIn(page, "jane");
    await page.getByRole("heading", { level: 1, name: "Import users" }).waitFor();
    await endSession(page);
    await page.clock.runFor(60_000);
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.clock.runFor(60_000);
    expect(asked).toEqual([]);
    await signIn(page, "jane");
    await page.locator("h1:focus", { hasText: "Import users" }).waitFor();
    asked.length = 0;
    await page.clock.runFor(60_000);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    // Its clock stays installed: no other test may get this page.
    await page.close();
  });

  it("continues Activity after a sign-in", async () => {
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachUserPolicyCommand({ UserName: "jane", PolicyArn }));
    const page = await tested.open("/activity");
    await signIn(page, "jane");
    await page.getByText("Live").waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused").waitFor();
    await endSession(page);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    await signIn(page, "jane");
    await page.getByText("Live").waitFor();
    await createPoolAndClient(tested.server.cognito);
    await page
      .getByRole("row", { name: /CreateUserPoolClient/ })
      .first()
      .waitFor();
    await iam.send(new DetachUserPolicyCommand({ UserName: "jane", PolicyArn }));
  });

  it("shows no message about what was done before to another person", async () => {
    const page = await tested.open(`/user-pools/${poolId}/groups/create`);
    await signIn(page, "jane");
    await page.getByLabel("Group name").fill("hidden-from-kim");
    await page.getByRole("button", { name: "Create group" }).click();
    await flash(page, /hidden-from-kim/).waitFor();
    await page.getByRole("link", { name: "hidden-from-kim" }).waitFor();
    await endSession(page);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    await signIn(page, "kim");
    await page.getByRole("link", { name: "hidden-from-kim" }).waitFor();
    expect(await flash(page, /hidden-from-kim/).count()).toBe(0);
  });

  it("ends what its page still does when another person has signed in, in another window too", async () => {
    const groups = ["first-of-jane", "second-of-jane"];
    for (const GroupName of groups) {
      await tested.server.cognito.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName }));
    }
    const page = await tested.open(`/user-pools/${poolId}/groups`);
    await signIn(page, "jane");
    for (const name of groups) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /To confirm/ }).fill("delete");
    const isDeletion = (request: Request) =>
      request.headers()["x-amz-target"]?.endsWith(".DeleteGroup") ?? false;
    const deleted: string[] = [];
    const firstAnswer = Promise.withResolvers<void>();
    await page.route(`${tested.server.url}/`, async (route, request) => {
      if (!isDeletion(request)) return route.continue();
      deleted.push(request.postDataJSON().GroupName);
      await firstAnswer.promise;
      // The page that asked is gone.
      await route.continue().catch(() => undefined);
    });
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await expect.poll(() => deleted).toEqual(["first-of-jane"]);

    const other = await page.context().newPage();
    await other.goto(`${tested.server.url}/console/user-pools`);
    await signOut(other);
    const isGone = page.waitForEvent("requestfailed", isDeletion);
    await signIn(other, "kim");
    await isGone;
    await page.getByRole("button", { name: /^Account.*kim/ }).waitFor();
    firstAnswer.resolve();
    await page.getByRole("link", { name: "second-of-jane" }).waitFor();
    expect(deleted).toEqual(["first-of-jane"]);
    await other.close();
  });

  it("shows nothing of it to another person", async () => {
    const page = await tested.open(`/user-pools/${poolId}/groups/create`);
    await signIn(page, "jane");
    await page.getByLabel("Group name").fill("secrets");
    await endSession(page);
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByText("Your session has ended. Sign in again to continue.").waitFor();
    await signIn(page, "kim");
    await page.getByRole("heading", { level: 1, name: "Create group" }).waitFor();
    expect(await page.getByLabel("Group name").inputValue()).toBe("");
  });
});

describe("a server that does not answer while a form is filled in", () => {
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    tested = await startConsole();
  });
  afterAll(() => tested.stop());

  it("leaves the input, and takes it once the server answers again", async () => {
    const { poolId, clientId } = await createPoolAndClient(tested.server.cognito);
    const page = await tested.open(`/user-pools/${poolId}/app-clients/detail/${clientId}/edit`);
    const name = page.getByLabel("App client name");
    await name.fill("renamed");
    await page.route("**/*", (route) => route.abort());
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("The server doesn't answer").waitFor();
    await page.unroute("**/*");
    expect(await name.inputValue()).toBe("renamed");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “renamed” has been updated.").waitFor();
  });

  it("leads nowhere when the answer comes after the person went on to another page", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito);
    const page = await tested.open(`/user-pools/${poolId}/groups/create`);
    await page.getByLabel("Group name").fill("editors");
    const answered = Promise.withResolvers<void>();
    await page.route(`${tested.server.url}/`, async (route) => {
      if ((await route.request().headerValue("x-amz-target"))?.endsWith(".CreateGroup"))
        await answered.promise;
      await route.continue();
    });
    await page.getByRole("button", { name: "Create group" }).click();
    // It is not saved yet.
    page.once("dialog", (question) => void question.accept());
    await page.getByRole("link", { name: "App clients" }).click();
    await page.getByRole("heading", { level: 1, name: "App clients" }).waitFor();
    answered.resolve();
    await flash(page, "Group “editors” has been created successfully.").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/user-pools/${poolId}/app-clients`);
    await page.unroute(`${tested.server.url}/`);
  });

  it("leaves the input when the server fails, and shows the ID under which its log has the cause", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito);
    const page = await tested.open(`/user-pools/${poolId}/groups/create`);
    const name = page.getByLabel("Group name");
    await name.fill("editors");
    await page.route(`${tested.server.url}/`, (route) =>
      route.fulfill({
        status: 500,
        headers: { "x-amzn-requestid": "5f0c2b9e-0000-4000-8000-000000000000" },
        contentType: "application/x-amz-json-1.1",
        body: JSON.stringify({ __type: "InternalErrorException", message: "Internal server error" }),
      }),
    );
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByRole("alert").getByText("Request ID: 5f0c2b9e-0000-4000-8000-000000000000").waitFor();
    expect(await name.inputValue()).toBe("editors");
    await page.unroute(`${tested.server.url}/`);
    await page.getByRole("button", { name: "Create group" }).click();
    await flash(page, "Group “editors” has been created successfully.").waitFor();
  });
});
