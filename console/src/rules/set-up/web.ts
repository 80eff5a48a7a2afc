import { issuerOf, literal, type SetUpPlace, type SetUpSample, scopeOf, secretSetUp } from "./place.ts";

const isInsecure = ({ endpoint }: SetUpPlace) => endpoint.startsWith("http:");

/** An application on a server of its own, which signs users in by the login pages and remembers them in a session. */
export const nodeServer: SetUpSample = {
  id: "node",
  label: "Node.js",
  steps: [
    { name: "install", lines: () => "npm install openid-client" },
    {
      name: "app",
      lines: (place) => `// app.mjs
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import * as oidc from "openid-client";

const redirectUri = ${literal(place.callbackUrl)};
const { origin, pathname, port } = new URL(redirectUri);
const config = await oidc.discovery(
  new URL("${issuerOf(place)}"),
  "${place.clientId}",
  ${place.hasSecret ? "process.env.CLIENT_SECRET" : "undefined"},
  ${place.hasSecret ? "undefined" : "oidc.None()"},${
    isInsecure(place) ? "\n  { execute: [oidc.allowInsecureRequests] }, // over HTTPS leave this out" : ""
  }
);
const sessions = new Map();

createServer(async (request, response) => {
  const url = new URL(request.url, origin);
  const [, id] = /(?:^|; )session=([\\w-]+)/.exec(request.headers.cookie ?? "") ?? [];
  const session = sessions.get(id) ?? {};
  const goOn = (location, values) => {
    // A new ID, so that nobody knows the ID of a signed-in session from before.
    sessions.delete(id);
    const newId = randomUUID();
    sessions.set(newId, values);
    const cookie = \`session=\${newId}; HttpOnly; SameSite=Lax; Path=/\`;
    response.writeHead(302, { location, "set-cookie": cookie }).end();
  };
  try {
    if (url.pathname === "/login") {
      const verifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const loginUrl = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: ${literal(scopeOf(place))},
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      });
      goOn(loginUrl.href, { verifier, state, nonce });
    } else if (url.pathname === pathname && url.searchParams.has("state")) {
      const tokens = await oidc.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: session.verifier,
        expectedState: session.state,
        expectedNonce: session.nonce,
      });
      goOn("/", { user: tokens.claims() });
    } else {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(session.user ? \`Signed in as \${session.user.sub}\` : '<a href="/login">Sign in</a>');
    }
  } catch (error) {
    response.writeHead(400, { "content-type": "text/plain" }).end(\`The sign-in failed: \${error.message}\`);
  }
}).listen(Number(port) || 3000);`,
    },
    {
      name: "run",
      lines: (place) => `${place.hasSecret ? `${secretSetUp()}\n` : ""}node app.mjs`,
    },
  ],
};
