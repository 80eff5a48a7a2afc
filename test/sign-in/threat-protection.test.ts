/** Threat protection through real clients: what they tell of the user's device, events in pages, and the feedback page. */
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { promisify } from "node:util";
import {
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandInput,
  AdminListUserAuthEventsCommand,
  type AuthEventType,
  CognitoIdentityProviderClient,
  type CreateUserPoolClientCommandInput,
  InitiateAuthCommand,
  SetRiskConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { signIn, signOut } from "aws-amplify/auth";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PASSWORD as AMPLIFY_PASSWORD, configureApp, openBrowserStorage } from "../support/amplify.ts";
import { emptyInbox, newestMessage } from "../support/inbox.ts";
import { isMissing } from "../support/machine.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const PASSWORD = "Correct-horse-1";
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
const EMAIL = "jane@example.com";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function protectedPool(
  mode: "AUDIT" | "ENFORCED" = "AUDIT",
  client: Partial<CreateUserPoolClientCommandInput> = {},
) {
  const made = await createPoolAndClient(
    server.cognito,
    { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: mode } },
    client,
  );
  const user = { UserPoolId: made.poolId, Username: "jane" };
  await createConfirmedUser(server.cognito, {
    ...user,
    UserAttributes: [
      { Name: "email", Value: EMAIL },
      { Name: "email_verified", Value: "true" },
    ],
    Password: PASSWORD,
  });
  const events = async (): Promise<AuthEventType[]> =>
    (await server.cognito.send(new AdminListUserAuthEventsCommand(user))).AuthEvents ?? [];
  return { ...made, user, events };
}

/** What AmazonCognitoAdvancedSecurityData.getData gives in a browser. */
function deviceData(
  poolId: string,
  clientId: string,
  { DeviceId = "device-1", UserAgent = CHROME, key = clientId } = {},
) {
  const payload = JSON.stringify({
    contextData: { DeviceId, UserAgent, ClientTimezone: "-07:00" },
    username: "jane",
    userPoolId: poolId,
    timestamp: "1767225600000",
  });
  const version = "JS20171115";
  const signature = createHmac("sha256", key).update(version).update(payload).digest("base64");
  return Buffer.from(JSON.stringify({ payload, signature, version })).toString("base64");
}

describe("the context of a sign-in event", () => {
  const parameters = { USERNAME: "jane", PASSWORD };

  it("comes from the ContextData of AdminInitiateAuth", async () => {
    const { user, clientId, events } = await protectedPool();
    await server.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: user.UserPoolId,
        ClientId: clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: parameters,
        ContextData: {
          IpAddress: "192.0.2.1",
          ServerName: "app.example.com",
          ServerPath: "/login",
          HttpHeaders: [{ headerName: "User-Agent", headerValue: FIREFOX }],
          EncodedData: deviceData(user.UserPoolId, clientId),
        },
      }),
    );
    expect(await events()).toMatchObject([
      {
        EventType: "SignIn",
        EventResponse: "Pass",
        EventContextData: {
          IpAddress: "192.0.2.1",
          DeviceName: "Chrome 126, Windows 10",
          Timezone: "-07:00",
        },
      },
    ]);
  });

  it("has the address that an app sends only if its client has a secret and propagates user context data", async () => {
    for (const EnablePropagateAdditionalUserContextData of [true, false]) {
      const {
        clientId,
        clientSecret = "",
        events,
      } = await protectedPool("AUDIT", {
        GenerateSecret: true,
        EnablePropagateAdditionalUserContextData,
      });
      const SECRET_HASH = createHmac("sha256", clientSecret).update(`jane${clientId}`).digest("base64");
      const app = new CognitoIdentityProviderClient({ endpoint: server.url, region: "us-east-1" });
      await app.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { ...parameters, SECRET_HASH },
          UserContextData: { IpAddress: "192.0.2.7" },
        }),
      );
      app.destroy();
      const [event] = await events();
      const seen = EnablePropagateAdditionalUserContextData ? "192.0.2.7" : "127.0.0.1";
      expect(event?.EventContextData?.IpAddress).toBe(seen);
    }
  });

  describe("with amazon-cognito-identity-js", () => {
    const browser = globalThis as { AmazonCognitoAdvancedSecurityData?: unknown };
    afterEach(() => {
      delete browser.AmazonCognitoAdvancedSecurityData;
    });
    const signIn = (poolId: string, clientId: string) =>
      new Promise<void>((resolve, reject) => {
        const Pool = new CognitoUserPool({
          UserPoolId: poolId,
          ClientId: clientId,
          endpoint: `${server.url}/`,
          AdvancedSecurityDataCollectionFlag: true,
        });
        new CognitoUser({ Username: "jane", Pool }).authenticateUser(
          new AuthenticationDetails({ Username: "jane", Password: PASSWORD }),
          { onSuccess: () => resolve(), onFailure: reject },
        );
      });

    it("has its device data, by which a known device and a forgery differ", async () => {
      const { poolId, clientId, events } = await protectedPool();
      let options: Parameters<typeof deviceData>[2] = {};
      browser.AmazonCognitoAdvancedSecurityData = {
        getData: (_username: string, pool: string, client: string) => deviceData(pool, client, options),
      };
      await signIn(poolId, clientId);
      server.clock?.advance(3_600_000);
      await signIn(poolId, clientId);
      server.clock?.advance(3_600_000);
      options = { key: "forged" };
      await signIn(poolId, clientId);
      const [forged, second, first] = await events();
      expect(first).toMatchObject({
        EventRisk: { RiskDecision: "NoRisk" },
        EventContextData: { DeviceName: "Chrome 126, Windows 10", Timezone: "-07:00" },
      });
      expect(second).toMatchObject({ EventRisk: { RiskDecision: "NoRisk" } });
      expect(forged).toMatchObject({ EventRisk: { RiskDecision: "AccountTakeover" } });
    });
  });
});

describe("with Amplify v6", () => {
  const page = globalThis as { window?: unknown };
  afterEach(() => {
    delete page.window;
  });

  it("has device data from the script that the page loads", async () => {
    openBrowserStorage();
    const user = await configureApp(server, {
      pool: { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } },
    });
    page.window = {
      AmazonCognitoAdvancedSecurityData: {
        getData: (_username: string, pool: string, client: string) => deviceData(pool, client),
      },
    };
    expect((await signIn({ username: "jane", password: AMPLIFY_PASSWORD })).isSignedIn).toBe(true);
    const { AuthEvents } = await server.cognito.send(new AdminListUserAuthEventsCommand(user));
    expect(AuthEvents).toMatchObject([
      {
        EventResponse: "Pass",
        EventRisk: { RiskDecision: "NoRisk" },
        EventContextData: { DeviceName: "Chrome 126, Windows 10", Timezone: "-07:00" },
      },
    ]);
    delete page.window;
    await signOut();
  });
});

describe("the events of a user", () => {
  async function fiveSignIns() {
    const made = await protectedPool();
    for (let count = 0; count < 5; count += 1) {
      server.clock?.advance(1_000);
      await server.cognito.send(
        new InitiateAuthCommand({
          ClientId: made.clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD },
        }),
      );
    }
    return { ...made, ids: (await made.events()).map(({ EventId }) => EventId) };
  }

  it("are listed in pages through the AWS CLI, and get its feedback", async () => {
    const { poolId, ids, events } = await fiveSignIns();
    const named = ["--user-pool-id", poolId, "--username", "jane"];
    const cli = (operation: string, ...args: string[]) =>
      server.aws("cognate", "cognito-idp", operation, ...named, ...args);
    const idsOf = (answer: { AuthEvents: AuthEventType[] }) =>
      answer.AuthEvents.map(({ EventId }) => EventId);
    expect(idsOf(await cli("admin-list-user-auth-events", "--page-size", "2"))).toEqual(ids);
    const first = await cli("admin-list-user-auth-events", "--max-items", "3");
    expect(idsOf(first)).toEqual(ids.slice(0, 3));
    const rest = await cli("admin-list-user-auth-events", "--starting-token", first.NextToken);
    expect(idsOf(rest)).toEqual(ids.slice(3));
    await cli("admin-update-auth-event-feedback", "--event-id", ids[0] ?? "", "--feedback-value", "Invalid");
    expect((await events())[0]?.EventFeedback).toMatchObject({ FeedbackValue: "Invalid", Provider: "Admin" });
  });

  it.skipIf(isMissing("boto3"))("are listed in pages through boto3, with times", async () => {
    const { poolId, ids } = await fiveSignIns();
    const program = [
      "import boto3, json",
      `cognito = boto3.client("cognito-idp", endpoint_url=${JSON.stringify(server.url)})`,
      'pages = cognito.get_paginator("admin_list_user_auth_events").paginate(',
      `    UserPoolId=${JSON.stringify(poolId)}, Username="jane", PaginationConfig={"PageSize": 2})`,
      'events = [event for page in pages for event in page["AuthEvents"]]',
      'print(json.dumps([[e["EventId"], e["CreationDate"].year, e["EventResponse"]] for e in events]))',
    ].join("\n");
    const { stdout } = await promisify(execFile)("python3", ["-c", program], { env: server.environment() });
    const year = new Date(server.clock?.now() ?? 0).getUTCFullYear();
    expect(JSON.parse(stdout)).toEqual(ids.map((id) => [id, year, "Pass"]));
  });
});

describe("the notification of a blocked sign-in", () => {
  async function blocked() {
    const made = await protectedPool("ENFORCED");
    const block = { EventAction: "BLOCK", Notify: true } as const;
    await server.cognito.send(
      new SetRiskConfigurationCommand({
        UserPoolId: made.poolId,
        AccountTakeoverRiskConfiguration: {
          Actions: { MediumAction: block, HighAction: block },
          NotifyConfiguration: {
            SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/security@example.com",
            From: "security@example.com",
            BlockEmail: {
              Subject: "Blocked at {login-time}",
              TextBody:
                "{username}: {ip-address}, {device-name}\n{one-click-link-valid}\n{one-click-link-invalid}",
              HtmlBody:
                '<p>{ip-address} {device-name} {event-id}</p><a href="{one-click-link-valid}">mine</a> <a href="{one-click-link-invalid}">not mine</a>',
            },
          },
        },
      }),
    );
    const signIn = (IpAddress: string, headerValue: string) =>
      server.cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId: made.poolId,
          ClientId: made.clientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD },
          ContextData: {
            IpAddress,
            ServerName: "app.example.com",
            ServerPath: "/login",
            HttpHeaders: [{ headerName: "User-Agent", headerValue }],
          },
        } satisfies AdminInitiateAuthCommandInput),
      );
    await signIn("192.0.2.1", CHROME);
    server.clock?.advance(3_600_000);
    await emptyInbox(server);
    await expect(signIn("198.51.100.7", FIREFOX)).rejects.toThrow(
      "Unable to login because of security reasons.",
    );
    const message = await newestMessage(server, EMAIL);
    const links = [...message.body.matchAll(/href="([^"]+)"/g)].map(([, link = ""]) =>
      link.replaceAll("&amp;", "&"),
    );
    const feedback = async () => (await made.events())[0]?.EventFeedback;
    return { ...made, message, valid: links[0] ?? "", invalid: links[1] ?? "", feedback };
  }
  const open = (link: string, method = "GET") =>
    fetch(link, {
      method,
      ...(method === "POST" && {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "",
      }),
    });

  it("is sent by the configured sender with the pool's text, and describes the sign-in", async () => {
    const { message, events } = await blocked();
    const [event] = await events();
    expect(message.subject).toMatch(/^Blocked at \w{3}, \d{2} /);
    expect(message.body).toContain(`<p>198.51.100.7 Firefox 130, Linux ${event?.EventId}</p>`);
  });

  it("has links to a page that changes nothing until its button is pressed", async () => {
    const { invalid, feedback } = await blocked();
    const page = await open(invalid);
    expect(page.status).toBe(200);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await page.text()).toContain("Was this sign-in not yours?");
    expect(await feedback()).toBeUndefined();
    const answer = await open(invalid, "POST");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Thank you");
    expect(await feedback()).toMatchObject({ FeedbackValue: "Invalid", Provider: "User" });
  });

  it("has links that accept the same answer again, and reject the opposite one", async () => {
    const { valid, invalid, feedback } = await blocked();
    await open(invalid, "POST");
    const before = await feedback();
    server.clock?.advance(60_000);
    expect((await open(invalid, "POST")).status).toBe(200);
    expect((await open(valid, "POST")).status).toBe(400);
    expect(await feedback()).toEqual(before);
  });

  it.each([
    ["with a forged token", (link: URL) => link.searchParams.set("feedback_token", "forged")],
    ["with one changed character of the token", changeToken],
    [
      "for another event",
      (link: URL) => link.searchParams.set("event_id", "00000000-0000-4000-8000-000000000000"),
    ],
    ["for another user", (link: URL) => link.searchParams.set("user_name", "john")],
    ["with an unknown answer", (link: URL) => link.searchParams.set("feedback_value", "Maybe")],
    ["that was cut off", (link: URL) => link.searchParams.delete("feedback_token")],
  ])("has a page that rejects a link %s", async (_what, change) => {
    const { invalid, feedback } = await blocked();
    const link = new URL(invalid);
    change(link);
    const answer = await open(link.href, "POST");
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("This link is not valid");
    expect(await feedback()).toBeUndefined();
  });

  function changeToken(link: URL) {
    const token = link.searchParams.get("feedback_token") ?? "";
    const middle = Math.floor(token.length / 2);
    const other = token[middle] === "A" ? "B" : "A";
    link.searchParams.set("feedback_token", token.slice(0, middle) + other + token.slice(middle + 1));
  }

  it("has links that are valid for seven days", async () => {
    const { invalid, feedback } = await blocked();
    server.clock?.advance(7 * 24 * 3_600_000);
    expect((await open(invalid, "POST")).status).toBe(400);
    expect(await feedback()).toBeUndefined();
  });
});
