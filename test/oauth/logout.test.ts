import { describe, expect, it } from "vitest";
import { openBrowser } from "./browser.ts";
import { client, type Parameters, poolId, server, startCodeFlow, tokens, urlOf } from "./code-flow.ts";
import { CALLBACK, createClient } from "./scene.ts";

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

  it("finds the client by an ID token that has expired", async () => {
    const { id_token } = await tokens();
    server.clock?.advance(2 * 60 * 60_000);
    const { location } = await logout({
      id_token_hint: id_token,
      post_logout_redirect_uri: "https://app.example.com/bye",
    });
    expect(location).toBe("https://app.example.com/bye");
  });

  it("adds the state to the query of a registered URI", async () => {
    const address = "https://app.example.com/bye?from=app";
    const { client_id } = await createClient(server, poolId, { LogoutURLs: [address] });
    const { location } = await logout({ client_id, post_logout_redirect_uri: address, state: "x" });
    expect(location).toBe(`${address}&state=x`);
  });

  it("ends at /signed-out with an ID token and no address", async () => {
    const { client_id } = client;
    const { id_token } = await tokens();
    const { location } = await logout({ id_token_hint: id_token });
    expect(location).toBe(urlOf("/signed-out", { client_id }));
    for (const name of ["logout_uri", "post_logout_redirect_uri", "redirect_uri"]) {
      const { location } = await logout({ id_token_hint: id_token, [name]: "https://evil.example" });
      expect(new URL(location).pathname).toBe("/login");
    }
  });

  it.each<[Parameters]>([[{}], [{ id_token_hint: "x.y.z" }]])(
    "refuses a request that names no client, with %j",
    async (parameters) => {
      const { status, html } = await logout({ logout_uri: "https://app.example.com/bye", ...parameters });
      expect(status).toBe(400);
      expect(html).toContain("Required String parameter 'client_id' is not present");
    },
  );

  it("redirects to the sign-in page with redirect_uri, for all scopes of the client", async () => {
    const request = { client_id: client.client_id, redirect_uri: CALLBACK, response_type: "code" };
    const { location } = await logout(request);
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      ...request,
      scope: "openid email profile aws.cognito.signin.user.admin",
    });
  });

  it.each<[Parameters]>([
    [{ logout_uri: "https://evil.example" }],
    [{ post_logout_redirect_uri: "https://evil.example", state: "x" }],
    [{}],
  ])("ends at the sign-in page, which refuses, with %j", async (parameters) => {
    const { status, location } = await logout({ client_id: client.client_id, ...parameters });
    expect([status, new URL(location).pathname]).toEqual([302, "/login"]);
    const refused = await openBrowser().visit(location);
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("Required String parameter 'redirect_uri' is not present");
  });

  it("sends no browser to an address that is not registered", async () => {
    const { location } = await logout({
      client_id: client.client_id,
      redirect_uri: "https://evil.example",
      response_type: "code",
    });
    const refused = await openBrowser().visit(location);
    expect(refused.location).toBe(
      urlOf("/error", { error: "redirect_mismatch", client_id: client.client_id }),
    );
  });

  it("sends the browser to /error if the client is unknown", async () => {
    const { location } = await logout({ client_id: "nobody", logout_uri: "https://app.example.com/bye" });
    expect(location).toBe(urlOf("/error", { error: "invalid_request", client_id: "nobody" }));
  });
});
