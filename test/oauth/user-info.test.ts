import { describe, expect, it } from "vitest";
import { claimsOf, server, startCodeFlow, tokens, userInfo } from "./code-flow.ts";

startCodeFlow();

describe("/oauth2/userInfo", () => {
  it("returns the claims of the scopes, all as strings", async () => {
    const { access_token } = await tokens("openid email");
    const answer = await userInfo(access_token);
    expect(answer.headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(await answer.json()).toEqual({
      sub: claimsOf(access_token).sub,
      email: "alice@example.com",
      email_verified: "true",
      username: "alice",
    });
    expect(await (await userInfo((await tokens("openid")).access_token)).json()).toMatchObject({
      name: "Alice",
      phone_number: "+15555550100",
    });
  });

  it("answers 401 to other tokens and 400 to none, with the reason in the header", async () => {
    const { id_token } = await tokens();
    const admin = (await tokens("aws.cognito.signin.user.admin")).access_token;
    const answers = await Promise.all([
      userInfo(id_token),
      userInfo(admin),
      fetch(`${server.url}/oauth2/userInfo`),
    ]);
    expect(answers.map(({ status, headers }) => [status, headers.get("www-authenticate")])).toEqual([
      [401, expect.stringContaining('error="invalid_token"')],
      [401, expect.stringContaining("does not contain openid scope")],
      [400, expect.stringContaining('error="invalid_request"')],
    ]);
  });
});
