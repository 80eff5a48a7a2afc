/** The measured scenarios of the OAuth 2.0 endpoints. */
import { PASSWORD, passwordUsers, person } from "../subjects/population.ts";
import type { Target } from "../subjects/target.ts";
import { authorizationQuery, codeFlow, exchangeCode, post, signInOnPage } from "./code-flow.ts";
import type { Connection, Response } from "./connection.ts";
import { at, expect, isOk, type Preparation, pick, type Scenario, sendInTurn } from "./steps.ts";

/** How many users sign in on the page so that there are tokens and sessions to measure with. */
const MAX_SIGNED_IN = 128;

export const oauthScenarios = {
  /** A client asks for a token of its own. */
  clientCredentials({ target }) {
    const { id = "", secret = "" } = target.machineClient ?? {};
    const form = { grant_type: "client_credentials", client_id: id, client_secret: secret };
    return sendInTurn([form], hasAccessToken, (each) => postToPool(target, "/oauth2/token", each));
  },

  /** A browser with a session asks for a code, and the client exchanges it. */
  async codeExchange({ target, seed, connections }) {
    const cookies = await signedIn({ target, seed, connections }, async (connection, username) => {
      const redirect = await signInOnPage(connection, { ...target, username, password: PASSWORD });
      return /\r\nset-cookie: (cognito-[^;]+)/i.exec(redirect.head)?.[1] ?? "";
    });
    const path = `/${target.poolId}/oauth2/authorize?${authorizationQuery(target.clientId)}`;
    const requests = cookies.map((cookie) => get(target, path, `Cookie: ${cookie}\r\n`));
    return async (connection, index) => {
      const redirect = await connection.send(at(requests, index));
      const answered = await exchangeCode(connection, target, redirect);
      expect((response) => isOk(response) && response.body.includes('"id_token"'), answered);
    };
  },

  async tokenRefresh(preparation) {
    const { target } = preparation;
    return sendInTurn(await tokensOf(preparation), hasAccessToken, ({ refresh_token }) =>
      postToPool(target, "/oauth2/token", {
        grant_type: "refresh_token",
        client_id: target.clientId,
        refresh_token,
      }),
    );
  },

  async userInfo(preparation) {
    const { target } = preparation;
    const tokens = target.subject === "Fastify alone" ? [BARE] : await tokensOf(preparation);
    return sendInTurn(tokens, isOk, ({ access_token }) =>
      get(target, `/${target.poolId}/oauth2/userInfo`, `Authorization: Bearer ${access_token}\r\n`),
    );
  },

  async introspection(preparation) {
    const { target } = preparation;
    const { id = "", secret = "" } = target.machineClient ?? {};
    return sendInTurn(await tokensOf(preparation), isActive, ({ access_token }) =>
      postToPool(target, "/oauth2/introspect", {
        client_id: id,
        client_secret: secret,
        token: access_token,
      }),
    );
  },
} as const satisfies Record<string, Scenario>;

const hasAccessToken = ({ status, body }: Response) => status === 200 && body.includes('"access_token":"ey');
const isActive = ({ status, body }: Response) => status === 200 && body.includes('"active":true');

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** As long as a real one: a route alone has to read it too. */
const BARE: Tokens = { access_token: "a".repeat(900), refresh_token: "" };

const kept = new Map<string, Promise<readonly Tokens[]>>();

/** Of each server: signing in costs more than what the tokens are then used for. */
function tokensOf(preparation: Preparation): Promise<readonly Tokens[]> {
  const { target } = preparation;
  const server = `${target.port} ${target.poolId}`;
  const known =
    kept.get(server) ??
    signedIn(preparation, async (connection, username) => {
      const answered = await codeFlow(connection, { ...target, username, password: PASSWORD });
      expect(isOk, answered);
      return JSON.parse(answered.body) as Tokens;
    });
  kept.set(server, known);
  return known;
}

/** Signs users in, on all connections at once. */
async function signedIn<T>(
  { target, seed, connections }: Preparation,
  signIn: (connection: Connection, username: string) => Promise<T>,
): Promise<readonly T[]> {
  const users = pick(passwordUsers(target.userCount), seed).slice(0, MAX_SIGNED_IN);
  const results: T[] = [];
  await Promise.all(
    connections.map(async (connection) => {
      for (let user = users.pop(); user !== undefined; user = users.pop()) {
        results.push(await signIn(connection, person(user).username));
      }
    }),
  );
  return results;
}

function postToPool(target: Target, path: string, form: Readonly<Record<string, string>>): Buffer {
  return post(`127.0.0.1:${target.port}`, `/${target.poolId}${path}`, form, "");
}

function get({ port }: Target, path: string, moreHeaders: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${moreHeaders}\r\n`);
}
