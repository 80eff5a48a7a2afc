/** The endpoints of OAuth and OpenID Connect that a client calls itself. */
import { CALLBACK } from "../inputs/resources.ts";
import { type Client, clientOf, poolOf, type World } from "../world.ts";
import { ask, type EndpointFuzz, type Fields, ofPool, type Request, type Visit } from "./ask.ts";
import { pagesPool, signInByPages, VERIFIER } from "./pages.ts";

function proofOf(client: Client): Fields {
  const [secret] = client.secrets;
  return { client_id: client.id, ...(secret && { client_secret: secret.value }) };
}

async function redeem(fuzz: EndpointFuzz): Promise<number | undefined> {
  const { world, codes, tokens } = fuzz;
  if (codes.length === 0) await signInByPages(fuzz);
  const issued = codes.pop();
  if (issued === undefined) return undefined;
  const { client, code } = issued;
  const other = clientOf(world, pagesPool(world), "pages");
  const isForeign = world.random.chance(0.1) && other !== undefined && other !== client;
  const form = {
    grant_type: "authorization_code",
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    ...proofOf(isForeign ? other : client),
  };
  const { status, text } = await ask(fuzz, { path: `/${client.pool.id}/oauth2/token`, form });
  if (status !== 200) return status;
  if (isForeign) fuzz.problems.push("a code was redeemed by another client");
  const body = JSON.parse(text);
  world.secrets.add(body.access_token);
  tokens.push({ client, access: body.access_token, refresh: body.refresh_token, id: body.id_token });
  tokens.splice(0, tokens.length - 10);
  const again = await ask(fuzz, { path: `/${client.pool.id}/oauth2/token`, form });
  if (again.status === 200) fuzz.problems.push("a code was redeemed twice");
  return status;
}

const withTokens =
  (request: (held: EndpointFuzz["tokens"][number], world: World) => Request): Visit =>
  async (fuzz) => {
    if (fuzz.tokens.length === 0) await redeem(fuzz);
    const held = fuzz.world.random.pickAny(fuzz.tokens);
    return held && (await ask(fuzz, request(held, fuzz.world))).status;
  };

export const tokenVisits: Readonly<Record<string, Visit>> = {
  "token: authorization_code": redeem,
  "token: refresh_token": withTokens(({ client, refresh }) => ({
    path: `/${client.pool.id}/oauth2/token`,
    form: { grant_type: "refresh_token", refresh_token: refresh, ...proofOf(client) },
  })),
  "token: client_credentials": async (fuzz) => {
    const client = clientOf(fuzz.world, poolOf(fuzz.world), "machine");
    return (
      client &&
      (
        await ask(fuzz, {
          path: `/${client.pool.id}/oauth2/token`,
          form: { grant_type: "client_credentials", ...proofOf(client) },
        })
      ).status
    );
  },
  userInfo: withTokens(({ client, access, id }, { random }) => ({
    path: `/${client.pool.id}/oauth2/userInfo`,
    headers: { authorization: `Bearer ${random.chance(0.9) ? access : id}` },
  })),
  introspect: async (fuzz) => {
    const client = clientOf(fuzz.world, poolOf(fuzz.world), "machine");
    if (client === undefined) return undefined;
    const { body } = await fuzz.world.send("GetClientToken", {
      ClientId: client.id,
      Secret: client.secrets[0]?.value,
    });
    const token = body.ClientAuthenticationResult?.AccessToken ?? "";
    const form = { token, ...proofOf(client) };
    return (await ask(fuzz, { path: `/${client.pool.id}/oauth2/introspect`, form })).status;
  },
  revoke: async (fuzz) => {
    const held = fuzz.tokens.shift();
    if (held === undefined) return undefined;
    const { client, refresh } = held;
    const form = { token: refresh, ...proofOf(client) };
    return (await ask(fuzz, { path: `/${client.pool.id}/oauth2/revoke`, form })).status;
  },
  register: ofPool(
    ({ id }, { random }) => ({
      path: `/${id}/oauth2/register`,
      json: random.pick<unknown>([
        { redirect_uris: [CALLBACK], client_name: random.word(4), token_endpoint_auth_method: "none" },
        { redirect_uris: ["javascript:alert(1)"] },
        { redirect_uris: [CALLBACK], grant_types: ["__proto__"], scope: 1 },
        [],
        null,
      ]),
    }),
    "full",
  ),
  "openid-configuration": ofPool(({ id }) => ({ path: `/${id}/.well-known/openid-configuration` })),
  "jwks.json": ofPool(({ id }) => ({ path: `/${id}/.well-known/jwks.json` })),
  "oauth-authorization-server": ofPool(({ id }) => ({
    path: `/${id}/.well-known/oauth-authorization-server`,
  })),
};
