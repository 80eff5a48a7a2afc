import { describe, expect, it } from "vitest";
import { openBrowser } from "./browser.ts";
import { authorizeUrl, poolId, server, startCodeFlow } from "./code-flow.ts";

startCodeFlow();

describe("the endpoints under /{poolId}", () => {
  it("are in the discovery document with the requested host", async () => {
    const local = server.url.replace("127.0.0.1", "localhost");
    const document = await (await fetch(`${local}/${poolId}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({
      issuer: server.issuerOf(poolId),
      authorization_endpoint: `${local}/${poolId}/oauth2/authorize`,
      code_challenge_methods_supported: ["S256"],
    });
    expect(await (await fetch(`${local}/.well-known/oauth-authorization-server/${poolId}`)).json()).toEqual(
      document,
    );
    const start = await openBrowser().visit(authorizeUrl({}, `/${poolId}`));
    expect(new URL(start.location).pathname).toBe(`/${poolId}/login`);
  });

  it("are 404 for an unknown pool", async () => {
    expect((await openBrowser().visit(authorizeUrl({}, "/us-east-1_Nowhere"))).status).toBe(404);
  });
});
