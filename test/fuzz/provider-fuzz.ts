/** A fuzz of sign-ins at identity providers whose answers are wrong, forged or no answers. */
import {
  assertionXml,
  base64,
  identityProviderMetadata,
  responseXml,
  signed,
  testKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";
import { openBrowser } from "../oauth/browser.ts";
import { readRequest } from "../oauth/saml-idp.ts";
import type { ApiFuzz } from "./api-fuzz.ts";
import { EVERY_TRIGGER, tokenFunction } from "./hostile-functions.ts";
import { CLIENT, type HostileProvider } from "./hostile-provider.ts";
import { CALLBACK } from "./inputs/resources.ts";
import { mutatedJson } from "./mutate.ts";
import { FORGED, forgedResponse, oddResponse } from "./saml-forgeries.ts";
import type { Client, Pool } from "./world.ts";

export interface ProviderFuzz {
  readonly problems: string[];
  /** How the sign-ins have ended. */
  readonly counts: Map<string, number>;
  step(): Promise<void>;
  /** Looks for users who must not be there. */
  finish(): Promise<void>;
}

export async function openProviderFuzz(
  { world, must }: ApiFuzz,
  provider: HostileProvider,
): Promise<ProviderFuzz> {
  const { random } = world;
  const key = await testKey(world.now() - 1000);
  const foreign = await testKey(world.now() - 1000);
  const problems: string[] = [];
  const counts = new Map<string, number>();

  for (const LambdaConfig of [{}, { ...EVERY_TRIGGER, ...tokenFunction("V2_0") }]) {
    await must("CreateUserPool", {
      PoolName: "spare-federated",
      Schema: [{ Name: "groups", AttributeDataType: "String", Mutable: true }],
      LambdaConfig,
    });
    const UserPoolId = world.pools.at(-1)?.id;
    const AttributeMapping = {
      email: "email",
      email_verified: "email_verified",
      name: "name",
      picture: "picture",
      address: "address",
      "custom:groups": "groups",
    };
    const oidc = {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      authorize_scopes: "openid email",
      attributes_request_method: "GET",
    };
    const urls = {
      authorize_url: `${provider.issuer}/authorize`,
      token_url: `${provider.issuer}/token`,
      attributes_url: `${provider.issuer}/userinfo`,
      jwks_uri: `${provider.issuer}/jwks`,
    };
    for (const [ProviderName, ProviderType, ProviderDetails] of [
      // The first finds its endpoints by discovery.
      ["Found", "OIDC", { ...oidc, oidc_issuer: provider.issuer }],
      ["Named", "OIDC", { ...oidc, ...urls, oidc_issuer: provider.issuer, link_by_verified_email: "true" }],
      ["Saml", "SAML", { MetadataFile: identityProviderMetadata([key.certificate]) }],
    ] as const)
      await must("CreateIdentityProvider", {
        UserPoolId,
        ProviderName,
        ProviderType,
        ProviderDetails,
        AttributeMapping,
      });
    await must("CreateUserPoolClient", {
      UserPoolId,
      ClientName: "pages",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email"],
      CallbackURLs: [CALLBACK],
      SupportedIdentityProviders: ["Found", "Named", "Saml"],
    });
  }

  function note(
    what: string,
    { status, html, location }: { status: number; html: string; location: string },
  ) {
    const isSignedIn = /[?&]code=/.test(location) && location.startsWith(CALLBACK);
    const outcome = isSignedIn ? "signed in" : location.startsWith(CALLBACK) ? "refused" : `status ${status}`;
    counts.set(`${what}: ${outcome}`, (counts.get(`${what}: ${outcome}`) ?? 0) + 1);
    if (status >= 500) problems.push(`${what}: status ${status}: ${html.slice(0, 300)}`);
    if (location !== "" && !location.startsWith(CALLBACK))
      problems.push(`${what}: a redirect to ${location}`);
    return isSignedIn;
  }

  const begin = async (pool: Pool, client: Client | undefined, name: string) => {
    const browser = openBrowser();
    const query = new URLSearchParams({
      client_id: client?.id ?? "",
      response_type: "code",
      redirect_uri: CALLBACK,
      scope: "openid email",
      state: "kept",
      identity_provider: name,
    });
    return { browser, page: await browser.visit(`${world.url}/${pool.id}/oauth2/authorize?${query}`) };
  };

  async function byOidc(pool: Pool): Promise<void> {
    const isForged = random.chance(0.4);
    provider.plan = { nonce: "", isForged, now: world.now() };
    const { browser, page } = await begin(pool, pool.clients[0], random.pick(["Found", "Named"]));
    if (!page.location.startsWith(`${provider.issuer}/authorize`)) {
      note("OIDC begun", page);
      return;
    }
    const { searchParams } = new URL(page.location);
    provider.plan = { nonce: searchParams.get("nonce") ?? "", isForged, now: world.now() };
    const answer = new URLSearchParams({ state: searchParams.get("state") ?? "", code: "c" });
    const url = `${world.url}/${pool.id}/oauth2/idpresponse?${answer}`;
    const isSignedIn = note(isForged ? "OIDC forged" : "OIDC", await browser.visit(url));
    if (isSignedIn && isForged) problems.push("a forged ID token signed a user in");
    const again = await browser.visit(url);
    if (/[?&]code=/.test(again.location)) problems.push("an answer of an OIDC provider was taken twice");
  }

  async function bySaml(pool: Pool): Promise<void> {
    const { browser, page } = await begin(pool, pool.clients[0], "Saml");
    if (!page.location.startsWith("https://idp.example.com/sso")) {
      note("SAML begun", page);
      return;
    }
    const request = readRequest(page.location);
    const mail = { email: [`${random.word(4)}@example.com`], name: ["Ada"], groups: ["a", "b"] };
    const parts = {
      now: world.now(),
      recipient: request.assertionConsumer,
      audience: `urn:amazon:cognito:sp:${pool.id}`,
      requestId: request.id,
      id: `_${random.word(12)}`,
      nameId: `user${random.below(4)}`,
      attributes: mail,
    };
    const given = { parts, key, foreign, random };
    const kind = random.pick(["forged", "odd", "signed"]);
    const samlResponse = () => {
      if (kind === "forged") return forgedResponse(given);
      if (kind === "odd") return oddResponse(given);
      const changed = mutatedJson({ nameId: parts.nameId, attributes: mail }, random) as typeof mail;
      const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value ?? ""));
      const attributes = Object.fromEntries(
        Object.entries((changed as { attributes?: object })?.attributes ?? {}).map(([name, values]) => [
          name,
          (Array.isArray(values) ? values : [values]).map(text).slice(0, 20),
        ]),
      );
      const assertion = signed(assertionXml({ ...parts, attributes }), key);
      const envelope = { now: parts.now, destination: parts.recipient, requestId: request.id };
      return base64(responseXml(envelope, assertion));
    };
    const fields = { SAMLResponse: samlResponse(), RelayState: request.relayState };
    const answer = await browser.visit(request.assertionConsumer, fields);
    note(`SAML ${kind}`, answer);
    const again = await browser.visit(request.assertionConsumer, fields);
    if (/[?&]code=/.test(again.location)) problems.push("a SAML response was taken twice");
  }

  return {
    problems,
    counts,
    async step() {
      const pool = random.pickAny(world.pools);
      if (pool === undefined) return;
      await world.advance(random.below(400));
      await random.pick([byOidc, bySaml])(pool);
      problems.push(...Object.keys(Object.prototype).map((name) => `Object.prototype has got ${name}`));
    },
    async finish() {
      for (const pool of world.pools)
        for (const name of ["Found", "Named", "Saml"]) {
          const Username = `${name}_${FORGED}`;
          const { status } = await world.send("AdminGetUser", { UserPoolId: pool.id, Username });
          if (status === 200) problems.push(`${Username} is a user`);
        }
    },
  };
}
