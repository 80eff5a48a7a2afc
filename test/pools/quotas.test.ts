import {
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  GetUserCommand,
  ListUserPoolsCommand,
  UpdateProvisionedLimitCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openScene } from "../managed-login/scenes.ts";
import { addressOf } from "../managed-login/support.ts";
import { openBrowser, passProvider } from "../oauth/browser.ts";
import { createClient, openPool, PLAIN_CALLBACK } from "../oauth/scene.ts";
import { startOpenIdProvider } from "../support/openid-provider.ts";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";

describe("a server with AWS's quotas, through the JavaScript SDK", () => {
  let server: TestServer;
  let once: CognitoIdentityProviderClient;
  beforeAll(async () => {
    server = await startTestServer({ quotas: "aws" });
    once = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: server.administrator ?? { accessKeyId: "none", secretAccessKey: "none" },
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    once.destroy();
    await server.stop();
  });

  const outcomes = async (count: number, call: () => Promise<unknown>) => {
    const names = await Promise.all(
      Array.from({ length: count }, () =>
        call().then(
          () => "ok",
          (error: Error) => error.name,
        ),
      ),
    );
    return new Set(names);
  };

  it("rejects calls beyond a category's rate, and accepts the SDK's retries", async () => {
    const list = new ListUserPoolsCommand({ MaxResults: 1 });
    expect(await outcomes(60, () => once.send(list))).toEqual(new Set(["ok", "TooManyRequestsException"]));
    await server.cognito.send(list);
  });

  it("allows a higher rate that is provisioned", async () => {
    await server.cognito.send(
      new UpdateProvisionedLimitCommand({
        LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: "UserRead" } },
        RequestedLimitValue: 1000,
      }),
    );
    const read = new GetUserCommand({ AccessToken: "rubbish" });
    expect(await outcomes(300, () => once.send(read))).toEqual(new Set(["NotAuthorizedException"]));
  });

  it("counts requests to the pages and the token endpoint in the categories of the API", async () => {
    const scene = await openScene({ server, callback: "https://app.example.com/callback" }, {});
    const { userPoolId, clientId } = scene;
    const browser = openBrowser();
    const url = addressOf(
      { origin: server.url, callback: "https://app.example.com/callback" },
      userPoolId,
      clientId,
      "/forgotPassword",
    );
    const page = await browser.visit(url);
    // A rate is of a second, in which a busy machine does not answer all of these requests.
    clockOf(server).stop();
    onTestFinished(() => clockOf(server).resume());
    const recoveries = await Promise.all(
      Array.from({ length: 150 }, () => browser.submit(url, page, { username: "nobody" })),
    );
    const isRefused = ({ html }: { html: string }) => html.includes("Rate exceeded");
    expect([recoveries.some(isRefused), recoveries.every(isRefused)]).toEqual([true, false]);
    const refreshes = await Promise.all(
      Array.from({ length: 400 }, async () => {
        const body = { grant_type: "refresh_token", client_id: clientId, refresh_token: "rubbish" };
        const answer = await fetch(`${server.url}/${userPoolId}/oauth2/token`, {
          method: "POST",
          body: new URLSearchParams(body),
        });
        return answer.status;
      }),
    );
    expect(new Set(refreshes)).toEqual(new Set([400, 429]));
  });

  it("counts sign-ins at a provider in a category of their own", async () => {
    const poolId = await openPool(server);
    const provider = await startOpenIdProvider([`${server.url}/${poolId}/oauth2/idpresponse`]);
    onTestFinished(provider.stop);
    await server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: "Example",
        ProviderType: "OIDC",
        ProviderDetails: provider.details("openid"),
      }),
    );
    const client = await createClient(server, poolId, { SupportedIdentityProviders: ["Example"] });
    const url = `${server.url}/${poolId}/oauth2/authorize?${new URLSearchParams({
      client_id: client.client_id,
      response_type: "code",
      scope: "openid",
      redirect_uri: PLAIN_CALLBACK,
      identity_provider: "Example",
    })}`;
    clockOf(server).stop();
    onTestFinished(() => clockOf(server).resume());
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, person) =>
        passProvider(openBrowser(), url, `person-${person}`, PLAIN_CALLBACK),
      ),
    );
    const refused = answers.filter((answer) => !new URL(answer).searchParams.has("code"));
    expect(refused.map((answer) => new URL(answer).searchParams.get("error_description"))).toEqual(
      Array(5).fill("Rate exceeded"),
    );
  });
});
