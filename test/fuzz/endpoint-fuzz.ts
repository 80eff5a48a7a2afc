/**
 * A fuzz of everything beside the user pools API: OAuth endpoints, managed login pages, callbacks of identity providers,
 * uploads, the console's API, the control endpoints, IAM, STS and KMS. It works on the pools of a fuzz of the API, and its
 * requests are right but for a fault or two in some of them.
 */
import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { iamModel, stsModel } from "../../src/iam/api-model/index.ts";
import { type Browser, openBrowser, type Page } from "../oauth/browser.ts";
import { CALLBACK, providersOf } from "./inputs/resources.ts";
import { userCreation } from "./inputs/users.ts";
import { hostileText } from "./mutate.ts";
import { type Client, clientOf, codeTo, type Pool, poolOf, type User, userOf, type World } from "./world.ts";

type Fields = Readonly<Record<string, string>>;

interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Fields;
  readonly form?: Fields;
  /** In place of a form. */
  readonly json?: unknown;
  readonly headers?: Fields;
}

/** Makes and sends requests of one kind. @returns the answer's status, undefined where there was nothing to ask for */
type Visit = (fuzz: EndpointFuzz) => Promise<number | undefined>;

export interface EndpointFuzz {
  readonly world: World;
  readonly counts: Map<string, Map<number, number>>;
  readonly problems: string[];
  /** Codes and tokens of the pages, by their client. */
  readonly codes: { readonly client: Client; readonly code: string }[];
  readonly tokens: {
    readonly client: Client;
    readonly access: string;
    readonly refresh: string;
    readonly id: string;
  }[];
}

const VERIFIER = "v".repeat(64);
const PKCE = {
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
};

function faulty(fields: Fields, { random }: World): Fields {
  const changed: Record<string, string> = { ...fields };
  const name = random.pickAny(Object.keys(changed));
  if (name === undefined) return changed;
  const kind = random.below(4);
  if (kind === 0) delete changed[name];
  else if (kind === 1) changed[name] = `${changed[name]}${random.pick(["x", " ", "%", "\u0000", "'"])}`;
  else if (kind === 2)
    changed[random.pick(["__proto__", "constructor", "unknown", "client_id"])] = hostileText(random);
  else changed[name] = hostileText(random);
  return changed;
}

/** With a fault in one of the requests out of three. */
function maybeFaulty(request: Request, world: World): Request {
  const { random } = world;
  if (!random.chance(0.35)) return request;
  if (random.chance(0.1))
    return {
      ...request,
      path: `${request.path}${random.pick(["/", "/..", "%00", "%2e%2e", "?", "//x", ";a=b", "/%zz"])}`,
    };
  if (request.form !== undefined && random.chance(0.7))
    return { ...request, form: faulty(request.form, world) };
  if (request.query !== undefined) return { ...request, query: faulty(request.query, world) };
  if (request.headers?.authorization !== undefined)
    return {
      ...request,
      headers: {
        ...request.headers,
        authorization: random.pick(["Bearer", "Basic Og==", "Bearer a.b.c", "Basic !", "Bearer  x"]),
      },
    };
  return request;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly location: string;
}

/** Far above what any answer takes, also on a busy machine. */
const MAX_WAIT_MILLISECONDS = 100_000;

async function ask(fuzz: EndpointFuzz, given: Request, browser?: Browser): Promise<Answer> {
  const request = maybeFaulty(given, fuzz.world);
  const { path, query, form, json, headers = {} } = request;
  const method = request.method ?? (form !== undefined || json !== undefined ? "POST" : "GET");
  const url = `${fuzz.world.url}${path}${query ? `?${new URLSearchParams(query)}` : ""}`;
  const body =
    form !== undefined ? new URLSearchParams(form) : json !== undefined ? JSON.stringify(json) : undefined;
  const answer = await fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(MAX_WAIT_MILLISECONDS),
    headers: {
      ...headers,
      ...(json !== undefined && { "content-type": "application/json" }),
      ...(browser && { cookie: cookiesOf(browser) }),
    },
    ...(body !== undefined && { body }),
  });
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const text = isStream ? "" : await answer.text();
  if (isStream) await answer.body?.cancel();
  check(fuzz, answer, text, `${method} ${url.slice(0, 400)} ${String(body ?? "").slice(0, 300)}`);
  return { status: answer.status, text, location: answer.headers.get("location") ?? "" };
}

const cookiesOf = ({ cookies }: Browser) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

const OWN_PLACES = [
  CALLBACK,
  "https://app.example.com/bye",
  "https://login.example.com/authorize",
  "https://idp.example.com/sso",
  "https://accounts.google.com/",
];

function check(
  { problems, world }: EndpointFuzz,
  answer: Pick<Response, "status" | "headers">,
  text: string,
  what: string,
): void {
  if (answer.status >= 500) problems.push(`${what}: status ${answer.status}: ${text.slice(0, 200)}`);
  if (/\n\s+at |node:internal/.test(text)) problems.push(`${what}: a stack trace in the answer`);
  const location = answer.headers.get("location");
  const isOwn =
    location === null ||
    /^\/(?![/\\])/.test(location) ||
    [...OWN_PLACES, `${world.url}/`].some((place) => location.startsWith(place));
  if (!isOwn) problems.push(`${what}: a redirect to ${location}`);
}

const pagesPool = (world: World): Pool | undefined => poolOf(world, "plain", "full");
const pagesClient = (world: World): Client | undefined => clientOf(world, pagesPool(world), "pages");

const authorization = (client: Client, { random }: World): Fields => ({
  client_id: client.id,
  response_type: "code",
  redirect_uri: CALLBACK,
  scope: random.pick(["openid", "openid email profile", "openid aws.cognito.signin.user.admin"]),
  state: "kept",
  nonce: random.word(6),
  ...PKCE,
});

/** Goes on from page to page as a browser does, with the right fields. @returns the last status */
async function signInByPages(fuzz: EndpointFuzz): Promise<number | undefined> {
  const { world } = fuzz;
  const client = pagesClient(world);
  const user = userOf(world, client?.pool, ({ isConfirmed }) => isConfirmed);
  if (client === undefined || user === undefined) return undefined;
  const browser = openBrowser();
  const base = `${world.url}/${client.pool.id}`;
  const visit = async (url: string, form?: { page: Page; fields: Fields }) => {
    const page = form ? await browser.submit(url, form.page, form.fields) : await browser.visit(url);
    check(fuzz, page, page.html, url.slice(0, 300));
    return page;
  };
  let address = "";
  let page = await visit(`${base}/oauth2/authorize?${new URLSearchParams(authorization(client, world))}`);
  for (let step = 0; step < 12; step++) {
    if (page.location.startsWith(CALLBACK)) {
      const code = new URL(page.location).searchParams.get("code");
      if (code) fuzz.codes.push({ client, code });
      return page.status;
    }
    if (page.location !== "") {
      address = page.location;
      page = await visit(address);
    } else {
      const url = formAddress(page, address);
      const right = await fieldsOf(page, user, world);
      if (right === undefined) return page.status;
      page = await visit(url, { page, fields: world.random.chance(0.25) ? faulty(right, world) : right });
    }
  }
  return page.status;
}

/** Where the first form of a page goes: to the page itself unless it says else. */
function formAddress({ html }: Page, address: string): string {
  const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  return new URL(action, address).href;
}

/** What a person would write into the fields of a page. */
async function fieldsOf({ html }: Page, user: User, world: World): Promise<Fields | undefined> {
  const names = [...html.matchAll(/<input(?![^>]*type="hidden")[^>]*name="([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
  if (names.length === 0) return undefined;
  const entries = await Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      if (name === "username") return [name, user.username];
      if (/code/.test(name)) return [name, await codeTo(world, user)];
      if (/password/.test(name)) return [name, user.password];
      if (/email/.test(name)) return [name, user.email];
      return [name, "x"];
    }),
  );
  return Object.fromEntries(entries);
}

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

const ofPool =
  (
    request: (pool: Pool, world: World) => Request | Promise<Request>,
    ...kinds: readonly Pool["kind"][]
  ): Visit =>
  async (fuzz) => {
    const pool = poolOf(fuzz.world, ...kinds);
    return pool && (await ask(fuzz, await request(pool, fuzz.world))).status;
  };

const page =
  (path: string): Visit =>
  async (fuzz) => {
    const client = pagesClient(fuzz.world);
    return (
      client &&
      (await ask(fuzz, { path: `/${client.pool.id}${path}`, query: authorization(client, fuzz.world) }))
        .status
    );
  };

/** Fills in a page's own form: with its CSRF token and the browser's cookie. */
const form =
  (path: string, fields: (world: World, user: User) => Fields | Promise<Fields>): Visit =>
  async (fuzz) => {
    const { world } = fuzz;
    const client = pagesClient(world);
    const user = userOf(world, client?.pool);
    if (client === undefined || user === undefined) return undefined;
    const browser = openBrowser();
    const url = `${world.url}/${client.pool.id}${path}?${new URLSearchParams(authorization(client, world))}`;
    const shown = await browser.visit(url);
    check(fuzz, shown, shown.html, url);
    const right = await fields(world, user);
    const answer = await browser.submit(url, shown, world.random.chance(0.35) ? faulty(right, world) : right);
    check(fuzz, answer, answer.html, `${url.slice(0, 200)} ${JSON.stringify(right)}`);
    return answer.status;
  };

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

/** Calls an operation of IAM or STS with parameters that a caller would give it. */
const query =
  (model: typeof iamModel | typeof stsModel, version: string): Visit =>
  async (fuzz) => {
    const { random } = fuzz.world;
    const name = random.pickAny<string>(model.operationNames) ?? "";
    const shape = model.shape(model.operation(name as never).input);
    const members = shape.type === "structure" ? Object.keys(shape.members) : [];
    const required = shape.type === "structure" ? (shape.required ?? []) : [];
    const known: Fields = {
      UserName: random.pick(["fuzz", "fuzz2", "cognate"]),
      NewUserName: "fuzz2",
      RoleName: "fuzz",
      RoleArn: "arn:aws:iam::123456789012:role/fuzz",
      RoleSessionName: "fuzz",
      PolicyName: "fuzz",
      PolicyArn: "arn:aws:iam::123456789012:policy/fuzz",
      PolicySourceArn: "arn:aws:iam::123456789012:user/fuzz",
      PolicyDocument:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cognito-idp:*","Resource":"*"}]}',
      AssumeRolePolicyDocument:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}',
      PermissionsBoundary: "arn:aws:iam::123456789012:policy/fuzz",
      Password: "Fuzz-Password-1",
      OldPassword: "Fuzz-Password-1",
      NewPassword: "Fuzz-Password-2",
      AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
      Status: "Inactive",
      VersionId: "v1",
      Url: "https://login.example.com",
      ClientID: "fuzz",
      OpenIDConnectProviderArn: "arn:aws:iam::123456789012:oidc-provider/login.example.com",
      "ActionNames.member.1": "cognito-idp:ListUsers",
      "Tags.member.1.Key": "stage",
      "Tags.member.1.Value": "fuzz",
      "TagKeys.member.1": "stage",
      "ClientIDList.member.1": "fuzz",
      Path: "/fuzz/",
      MaxItems: String(1 + random.below(50)),
    };
    const given = Object.entries(known).filter(([key]) => {
      const member = key.split(".")[0] ?? "";
      return members.includes(member) && (required.includes(member) || random.chance(0.3));
    });
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const service = model === (iamModel as unknown) ? "iam" : "sts";
    const authorizationHeader = `AWS4-HMAC-SHA256 Credential=AKIARECORDEDANSWERS0/${date.slice(0, 8)}/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;
    const { status } = await ask(fuzz, {
      path: "/",
      form: { Action: name, Version: version, ...Object.fromEntries(given) },
      headers: { authorization: authorizationHeader, "x-amz-date": date },
    });
    return status;
  };

/** A request of the console's own page. */
const fromConsole =
  (
    method: "GET" | "POST" | "DELETE",
    path: (world: World) => string | undefined,
    body?: (world: World) => unknown,
  ): Visit =>
  async (fuzz) => {
    const at = path(fuzz.world);
    if (at === undefined) return undefined;
    const headers = { "x-cognate-console": "1", origin: fuzz.world.url };
    return (
      await ask(fuzz, { method, path: `/console/api${at}`, headers, ...(body && { json: body(fuzz.world) }) })
    ).status;
  };
const inPool =
  (path: string) =>
  (world: World): string | undefined => {
    const pool = poolOf(world);
    return pool && `/user-pools/${pool.id}${path}`;
  };

const visits: Readonly<Record<string, Visit>> = {
  "pages: a sign-in": signInByPages,
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
  "page: authorize": page("/oauth2/authorize"),
  "page: login": page("/login"),
  "page: signup": page("/signup"),
  "page: forgotPassword": page("/forgotPassword"),
  "page: account": page("/account"),
  "page: logout": async (fuzz) => {
    const client = pagesClient(fuzz.world);
    return (
      client &&
      (
        await ask(fuzz, {
          path: `/${client.pool.id}/logout`,
          query: { client_id: client.id, logout_uri: "https://app.example.com/bye" },
        })
      ).status
    );
  },
  "form: login": form("/login", (_, { username, password }) => ({ username, password })),
  "form: signup": form("/signup", ({ random }) => {
    const name = `p${random.word(6)}`;
    return {
      username: name,
      "userAttributes.email": `${name}@example.com`,
      password: "Fuzz-Password-1",
      confirm_password: "Fuzz-Password-1",
    };
  }),
  "form: forgotPassword": form("/forgotPassword", (_, { username }) => ({ username })),
  "form: confirmForgotPassword": form("/confirmForgotPassword", async (world, user) => ({
    username: user.username,
    code: await codeTo(world, user),
    password: user.password,
    confirm_password: user.password,
  })),
  "form: confirm": form("/confirm", async (world, user) => ({
    username: user.username,
    code: await codeTo(world, user),
  })),
  "form: resendcode": form("/resendcode", (_, { username }) => ({ username })),
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
  upload: async (fuzz) => {
    const { world } = fuzz;
    const pool = poolOf(world);
    if (pool === undefined) return undefined;
    const { body } = await world.send("CreateUserImportJob", {
      UserPoolId: pool.id,
      JobName: "job",
      CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/logs",
    });
    if (body.UserImportJob === undefined) return undefined;
    const url = new URL(body.UserImportJob.PreSignedUrl);
    const file = world.random.pick([
      "",
      "a",
      "\u0000",
      '"',
      'cognito:username\n"',
      "\n".repeat(5000),
      `${"x,".repeat(20_000)}`,
    ]);
    const query = Object.fromEntries(url.searchParams);
    const headers = { "x-amz-server-side-encryption": "aws:kms" };
    const { status } = await ask(fuzz, { method: "PUT", path: url.pathname, query, headers, json: file });
    if (status === 200)
      await world.send("StartUserImportJob", { UserPoolId: pool.id, JobId: body.UserImportJob.JobId });
    return status;
  },
  "control: inbox": ofPool(({ id }, { random }) => ({
    path: "/_cognate/inbox",
    query: { poolId: id, limit: String(1 + random.below(200)) },
  })),
  "control: clock": async (fuzz) => (await ask(fuzz, { path: "/_cognate/clock" })).status,
  "control: activity": async (fuzz) => (await ask(fuzz, { path: "/_cognate/activity" })).status,
  "control: signing-keys": ofPool(({ id }) => ({
    method: "POST",
    path: "/_cognate/signing-keys",
    query: { poolId: id },
  })),
  "control: identity-provider-test": ofPool(({ id, providers }) => ({
    method: "POST",
    path: "/_cognate/identity-provider-test",
    query: { poolId: id, provider: [...providers].find((name) => name.startsWith("Saml")) ?? "none" },
  })),
  "control: import-log": ofPool(({ id, jobs }, { random }) => ({
    path: "/_cognate/import-log",
    query: { poolId: id, jobId: [...jobs.keys()][0] ?? "import-none", part: String(random.below(3)) },
  })),
  "control: user-imports": ofPool(({ id }) => ({ path: "/_cognate/user-imports", query: { poolId: id } })),
  "control: a batch of users": ofPool((pool, { random }) => ({
    path: "/_cognate/user-imports",
    query: { poolId: pool.id },
    json: {
      id: random.chance(0.9) ? random.word(6) : hostileText(random),
      source: "fuzz",
      totalBytes: 10,
      position: 0,
      bytes: 10,
      isLast: true,
      isDryRun: random.chance(0.5),
      users: [
        {
          username: random.pick([random.word(6), "", "\u0000", "a b", "__proto__"]),
          attributes: random.pick([
            { email: `${random.word(4)}@example.com` },
            { ["__proto__"]: "x" },
            { sub: "x" },
            { email: "" },
          ]),
        },
        { problem: "unreadable" },
      ],
    },
  })),
  "console: me": fromConsole("GET", () => "/me"),
  "console: sign-in": fromConsole(
    "POST",
    () => "/sign-in",
    ({ random }) =>
      random.pick<unknown>([
        { userName: random.word(8), password: "x" },
        { userName: "__proto__", password: "" },
        { accessKeyId: "x", secretAccessKey: "y" },
        null,
        [],
      ]),
  ),
  "console: credentials": fromConsole(
    "POST",
    () => "/credentials",
    () => ({}),
  ),
  "console: activity": fromConsole("GET", () => "/activity"),
  "console: inbox": fromConsole("GET", () => "/inbox"),
  "console: clock": fromConsole("GET", () => "/clock"),
  "console: functions": fromConsole("GET", inPool("/functions")),
  "console: invocations": fromConsole("GET", inPool("/invocations")),
  "console: an invocation": fromConsole("POST", inPool("/invocations"), () => ({
    source: "PreSignUp_SignUp",
    event: {},
  })),
  "console: user-imports": fromConsole("GET", inPool("/user-imports")),
  "console: sign-ins": fromConsole("GET", inPool("/sign-ins")),
  "console: login-preview": fromConsole(
    "POST",
    () => "/login-preview",
    ({ random }) =>
      random.pick<unknown>([
        {},
        { settings: { categories: [] } },
        { page: "login", settings: {}, assets: [{}] },
      ]),
  ),
  iam: query(iamModel, "2010-05-08"),
  sts: query(stsModel as unknown as typeof iamModel, "2011-06-15"),
};

export async function openEndpointFuzz(world: World): Promise<EndpointFuzz & { step(): Promise<void> }> {
  const pool = poolOf(world, "full");
  for (const provider of pool ? providersOf(pool, world) : [])
    await world.send("CreateIdentityProvider", provider);
  const names = Object.keys(visits);
  const fuzz: EndpointFuzz = {
    world,
    counts: new Map(names.map((name) => [name, new Map()])),
    problems: [],
    codes: [],
    tokens: [],
  };
  return {
    ...fuzz,
    async step() {
      const name = world.random.pickAny(names) ?? "";
      for (const pool of world.pools)
        if (pool.users.length < 3)
          await world.send("AdminCreateUser", userCreation(pool, `u${world.random.word(6)}`));
      const before = fuzz.problems.length;
      const status = await visits[name]?.(fuzz);
      if (fuzz.problems.length > before) fuzz.problems.push(`  … in ${name}`);
      const counts = fuzz.counts.get(name);
      counts?.set(status ?? 0, (counts.get(status ?? 0) ?? 0) + 1);
    },
  };
}
