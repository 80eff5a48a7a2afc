/** Answers of identity providers that are not theirs, and the endpoints of SAML. */
import { deflateRawSync } from "node:zlib";
import { openBrowser } from "../../oauth/browser.ts";
import { CALLBACK } from "../inputs/resources.ts";
import type { World } from "../world.ts";
import { ask, check, type Fields, ofPool, type Visit } from "./ask.ts";
import { authorization } from "./pages.ts";

/** Begins at a provider, and comes back with an answer that is not the provider's. */
const callback =
  (provider: string, fields: (state: string, world: World) => Fields): Visit =>
  async (fuzz) => {
    const { world } = fuzz;
    const pool = world.random.pickAny(
      world.pools.filter(({ providers }) => [...providers].some((name) => name.startsWith(provider))),
    );
    const name = [...(pool?.providers ?? [])].find((one) => one.startsWith(provider));
    if (pool === undefined || name === undefined) return undefined;
    const { body } = await world.send("CreateUserPoolClient", {
      UserPoolId: pool.id,
      ClientName: "pages",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [CALLBACK],
      SupportedIdentityProviders: [name],
    });
    const client = pool.clients.find(({ id }) => id === body.UserPoolClient?.ClientId);
    if (client === undefined) return undefined;
    const browser = openBrowser();
    const begun = await browser.visit(
      `${world.url}/${pool.id}/oauth2/authorize?${new URLSearchParams({ ...authorization(client, world), identity_provider: name })}`,
    );
    check(fuzz, begun, begun.html, `authorize at ${name}`);
    const state =
      begun.location === ""
        ? ""
        : (new URL(begun.location).searchParams.get(provider === "Saml" ? "RelayState" : "state") ?? "");
    const path = `/${pool.id}/${provider === "Saml" ? "saml2" : "oauth2"}/idpresponse`;
    const given = fields(state, world);
    const answer = await ask(
      fuzz,
      provider === "Saml" ? { path, form: given } : { path, query: given },
      browser,
    );
    await world.send("DeleteUserPoolClient", { UserPoolId: pool.id, ClientId: client.id });
    return answer.status;
  };

const BOMB = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "${"y".repeat(100)}">${Array.from({ length: 9 }, (_, level) => `<!ENTITY x${level} "${`&x${level === 0 ? "" : level - 1};`.repeat(10)}">`).join("")}]><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">&x8;</samlp:Response>`;
const samlMessage = ({ random }: World): string =>
  Buffer.from(
    random.pick([
      BOMB,
      "<a>".repeat(5000),
      "<samlp:Response xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol'/>",
      "",
      "not xml",
      "<a b='\u0000'/>",
    ]),
  ).toString("base64");

export const federationVisits: Readonly<Record<string, Visit>> = {
  "callback: OIDC": callback("Corp", (state, { random }) =>
    random.pick<Fields>([
      { state, code: "x" },
      { state, error: "access_denied", error_description: "<b>" },
    ]),
  ),
  "callback: Google": callback("Google", (state) => ({ state, error: "server_error" })),
  "callback: SAML": callback("Saml", (state, world) => ({
    RelayState: state,
    SAMLResponse: samlMessage(world),
  })),
  "saml2/logout": ofPool(({ id }, world) => ({
    path: `/${id}/saml2/logout`,
    form: { SAMLRequest: samlMessage(world), RelayState: "x" },
  })),
  "saml2/logout by redirect": ofPool(({ id }, world) => ({
    path: `/${id}/saml2/logout`,
    query: { SAMLRequest: deflateRawSync(samlMessage(world).repeat(50)).toString("base64"), RelayState: "x" },
  })),
  "saml2/metadata": ofPool(({ id }) => ({ path: `/${id}/saml2/metadata` })),
};
