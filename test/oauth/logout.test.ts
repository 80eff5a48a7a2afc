import { describe, expect, it } from "vitest";
import { openBrowser } from "./browser.ts";
import { client, type Parameters, startCodeFlow, urlOf } from "./code-flow.ts";
import { CALLBACK } from "./scene.ts";

startCodeFlow();

describe("/logout", () => {
  const logout = (parameters: Parameters) => openBrowser().visit(urlOf("/logout", parameters));
  it.each([
    [{ logout_uri: "https://app.example.com/bye", state: "x" }, "https://app.example.com/bye"],
    [
      { post_logout_redirect_uri: "https://app.example.com/bye", state: "x" },
      "https://app.example.com/bye?state=x",
    ],
  ])("redirects to a registered URI: %j", async (parameters, location) => {
    expect(await logout({ client_id: client.client_id, ...parameters })).toMatchObject({
      status: 302,
      location,
    });
  });

  it("redirects to the sign-in page with redirect_uri, for all scopes of the client", async () => {
    const request = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: "code" };
    const { location } = await logout(request);
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      ...request,
      scope: "openid email profile aws.cognito.signin.user.admin",
    });
  });

  it.each([
    [{ logout_uri: "https://evil.example" }, "redirect_uri"],
    [{}, "redirect_uri"],
  ])("shows an error page for %j", async (parameters, text) => {
    const { status, html } = await logout({ client_id: client.client_id, ...parameters });
    expect([status, html]).toEqual([400, expect.stringContaining(text)]);
  });
});
