/** The code grant with its tokens and the sessions of browsers, in random sequences, compared with a model of them on every engine. */
import fc from "fast-check";
import { decodeJwt } from "jose";
import { it } from "vitest";
import { CHALLENGE, VERIFIER } from "../oauth/code-flow.ts";
import { pathOf, visit } from "./browser.ts";
import { type Answer, type Engine, type Json, startEngines } from "./engines.ts";
import {
  type BrowserName,
  type ClientName,
  GrantsModel,
  type GrantsSettings,
  type Scope,
  type Username,
  WAITS,
} from "./grants-model.ts";
import {
  almostAlways,
  commandOf,
  mostly,
  must,
  runSequences,
  type Scene,
  type Step,
  waiting,
} from "./sequences.ts";

const PASSWORDS: Readonly<Record<string, string>> = { first: "Correct-horse-1", second: "Correct-horse-2" };
const CALLBACK = "https://app.example.com/callback";
const BYE = "https://app.example.com/bye";
const WRONG_SECRET = "wrong".repeat(8);
const ALL_SCOPES: readonly Scope[] = ["openid", "email", "aws.cognito.signin.user.admin"];

const browser = fc.constantFrom<BrowserName>("laptop", "laptop", "phone");
const client = fc.constantFrom<ClientName>("web", "shop");
const name = fc.constantFrom<Username>("amy", "amy", "bea");
const password = fc.constantFrom(...Object.keys(PASSWORDS));
const scopes = fc
  .subarray([...ALL_SCOPES], { minLength: 1 })
  // An e-mail address is for those who ask who the user is.
  .map((some) => (some.join() === "email" ? (["openid", "email"] as const) : some))
  .filter((some) => some.includes("openid") || !some.includes("email"));
/** Counted from the newest. */
const recent = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(4));
const asked = { client, scopes, hasChallenge: fc.boolean() };

const settings: fc.Arbitrary<GrantsSettings> = fc.record({
  rotation: fc.constantFrom(undefined, 0, 10, 60),
});

const pool = { UserPoolId: "«pool»" };
const step = <Args>(given: Step<GrantsModel, Args>) => commandOf(given);
const newest = (names: Iterable<string>, index: number) => [...names].at(-1 - index) ?? "«no token»";
const access = (model: GrantsModel, index: number) => newest(model.accessTokens.keys(), index);
const refreshToken = (model: GrantsModel, index: number) => newest(model.refreshTokens.keys(), index);
const hasTokens = (model: GrantsModel) => model.refreshTokens.size > 0;
/** Mostly the newest one that was not used, else one of the newest of all. */
const codeAt = ({ codes }: GrantsModel, index: number) => {
  const unused = codes.findLast(({ isUsed }) => !isUsed);
  const code = (index === 0 ? unused : undefined) ?? codes.at(-1 - index) ?? codes.at(-1);
  if (code === undefined) throw new Error("No code was given.");
  return code;
};
/** Mostly the client that has the token, else the other. */
const clientOf = (has: ClientName, isRight: boolean): ClientName =>
  isRight ? has : has === "web" ? "shop" : "web";
const passwordFor = (model: GrantsModel, user: Username, isRight: boolean, other: string) =>
  (isRight && model.find(user)?.password) || other;

// ---- Browsers ----

/** The cookies of the browsers of each engine. */
const jars = new WeakMap<Engine, Map<BrowserName, Map<string, string>>>();

function jarOf(engine: Engine, browser: BrowserName): Map<string, string> {
  const jar = jars.get(engine)?.get(browser) ?? new Map<string, string>();
  jars.get(engine)?.set(browser, jar);
  return jar;
}

/** The content of a redirect: a code or an error for the client, or a page of ours. */
function redirected(location: string): Answer {
  if (!location.startsWith(CALLBACK)) return { output: { page: "login" } };
  const parameters = new URL(location).searchParams;
  const error = parameters.get("error");
  return error === null ? { output: { code: parameters.get("code") } } : { exception: error };
}

interface Asked {
  readonly client: ClientName;
  readonly scopes: readonly Scope[];
  readonly hasChallenge: boolean;
}
function authorizePath(engine: Engine, given: Asked, prompt: string | undefined): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: engine.valueFor(`«${given.client}»`),
    redirect_uri: CALLBACK,
    scope: given.scopes.join(" "),
    ...(given.hasChallenge && { code_challenge: CHALLENGE, code_challenge_method: "S256" }),
    ...(prompt !== undefined && { prompt }),
  });
  return `/${engine.valueFor("«pool»")}/oauth2/authorize?${query}`;
}
/** The page comes from one node, its form goes to another. */
async function signInOnPage(
  engine: Engine,
  {
    browser: from,
    name: username,
    text,
    ...given
  }: Asked & { browser: BrowserName; name: string; text: string },
  node: number,
): Promise<Answer> {
  const start = await visit(engine, jarOf(engine, from), authorizePath(engine, given, "login"), node);
  const path = pathOf(start.location);
  const page = await visit(engine, jarOf(engine, from), path, node);
  const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/?>/g)];
  const carried = Object.fromEntries(hidden.map(([, field = "", value = ""]) => [field, value]));
  const sent = await visit(engine, jarOf(engine, from), path, node + 1, {
    ...carried,
    username,
    password: PASSWORDS[text] ?? "",
  });
  return redirected(sent.location);
}

// ---- Endpoints ----

async function post(
  engine: Engine,
  path: string,
  form: Readonly<Record<string, string>>,
  node: number,
): Promise<Answer> {
  const response = await engine.fetch(
    `/${engine.valueFor("«pool»")}${path}`,
    { method: "POST", body: new URLSearchParams(form) },
    node,
  );
  const text = await response.text();
  const body = text === "" ? {} : JSON.parse(text);
  return response.ok ? { output: body } : { exception: body.error };
}
const credentials = (engine: Engine, of: ClientName, isSecretRight: boolean) => ({
  client_id: engine.valueFor(`«${of}»`),
  ...(of === "shop" && { client_secret: isSecretRight ? engine.valueFor("«secret of shop»") : WRONG_SECRET }),
});

/** Tokens of the endpoint or of the API, as far as they are compared. */
const tokens = {
  view(output: Json) {
    const given = output.AuthenticationResult ?? output;
    const accessToken = given.AccessToken ?? given.access_token;
    const refresh = given.RefreshToken ?? given.refresh_token;
    const { username, scope, auth_time, iat = 0 } = decodeJwt(accessToken);
    return {
      access: accessToken,
      username,
      scope: String(scope).split(" ").sort().join(" "),
      authenticatedAt: Number(auth_time) * 1000,
      issuedAt: iat * 1000,
      hasIdToken: (given.IdToken ?? given.id_token) !== undefined,
      ...(refresh !== undefined && { refresh }),
    };
  },
  learn(output: Json, expected: Json, engine: Engine) {
    const given = output.AuthenticationResult ?? output;
    engine.bind(expected.access, given.AccessToken ?? given.access_token);
    if (expected.refresh !== undefined)
      engine.bind(expected.refresh, given.RefreshToken ?? given.refresh_token);
  },
};
const coded = {
  learn({ code }: Json, expected: Json, engine: Engine) {
    if (expected.code !== undefined) engine.bind(expected.code, code);
  },
};

/** An operation of an administrator on a user. */
const onUser = (
  operation: Step<GrantsModel, { name: Username }>["operation"],
  rule: (model: GrantsModel, args: { name: Username }) => Json,
) =>
  step({
    operation,
    args: fc.record({ name }),
    input: (_, { name: Username }) => ({ ...pool, Username }),
    rule,
  });

/** The token that is refreshed or revoked, and by whom. */
const ofToken = fc.record({ index: fc.nat(2), isRight: almostAlways, isSecretRight: almostAlways });
type OfToken = typeof ofToken extends fc.Arbitrary<infer Value> ? Value : never;
const refreshArgs = (model: GrantsModel, { index, isRight, isSecretRight }: OfToken) => {
  const token = refreshToken(model, index);
  const has = model.refreshTokens.get(token)?.client ?? "web";
  return { token, isSecretRight, client: clientOf(has, isRight) };
};

const commands = [
  step({
    operation: "/oauth2/authorize",
    weight: 8,
    args: fc.record({
      ...asked,
      browser,
      prompt: fc.constantFrom(undefined, "none" as const, "login" as const),
    }),
    input: (_, args) => args,
    async ask(engine, args, node) {
      const { location } = await visit(
        engine,
        jarOf(engine, args.browser),
        authorizePath(engine, args, args.prompt),
        node,
      );
      return redirected(location);
    },
    rule: (model, args) => model.authorize(args),
    ...coded,
  }),
  step({
    operation: "/login",
    weight: 12,
    args: fc.record({ ...asked, browser, name, isRight: almostAlways, other: password }),
    input: (model, { isRight, other, ...args }) => ({
      ...args,
      text: passwordFor(model, args.name, isRight, other),
    }),
    ask: (engine, _, node, input) => signInOnPage(engine, input, node),
    rule: (model, { isRight, other, ...args }) =>
      model.login({ ...args, password: passwordFor(model, args.name, isRight, other) }),
    ...coded,
  }),
  step({
    operation: "/logout",
    args: fc.record({ browser, client, keepsCookie: fc.boolean() }),
    input: (_, args) => args,
    async ask(engine, { browser: from, client: of, keepsCookie }, node) {
      const query = new URLSearchParams({ client_id: engine.valueFor(`«${of}»`), logout_uri: BYE });
      const kept = new Map(jars.get(engine)?.get(from));
      const { location } = await visit(
        engine,
        jarOf(engine, from),
        `/${engine.valueFor("«pool»")}/logout?${query}`,
        node,
      );
      if (keepsCookie) jars.get(engine)?.set(from, kept);
      return { output: { redirect: location } };
    },
    rule: (model, args) => model.logout(args),
  }),
  step({
    operation: "/oauth2/token",
    weight: 14,
    args: fc.record({
      index: recent,
      isRight: almostAlways,
      isSecretRight: almostAlways,
      isRedirectRight: almostAlways,
      isVerifierRight: mostly,
      verifier: fc.constantFrom("right" as const, "wrong" as const, "none" as const),
    }),
    // How long it is remembered that a code was used is not documented.
    possible: (model, { index }) =>
      model.codes.length > 0 && !(codeAt(model, index).isUsed && model.isOver(codeAt(model, index))),
    input: (model, args) => exchangeArgs(model, args),
    ask: (engine, _, node, { code, client: of, isSecretRight, isRedirectRight, verifier }) =>
      post(
        engine,
        "/oauth2/token",
        {
          grant_type: "authorization_code",
          ...credentials(engine, of, isSecretRight),
          code: engine.valueFor(code.name),
          redirect_uri: isRedirectRight ? CALLBACK : BYE,
          ...(verifier !== "none" && { code_verifier: verifier === "right" ? VERIFIER : `${VERIFIER}w` }),
        },
        node,
      ),
    rule: (model, args) => model.exchange(exchangeArgs(model, args)),
    ...tokens,
  }),
  step({
    operation: "/oauth2/token",
    weight: 8,
    args: ofToken,
    possible: hasTokens,
    input: refreshArgs,
    ask: (engine, _, node, { client: of, token, isSecretRight }) =>
      post(
        engine,
        "/oauth2/token",
        {
          grant_type: "refresh_token",
          ...credentials(engine, of, isSecretRight),
          refresh_token: engine.valueFor(token),
        },
        node,
      ),
    rule: (model, args) => model.refreshAtEndpoint(refreshArgs(model, args)),
    ...tokens,
  }),
  step({
    operation: "GetTokensFromRefreshToken",
    weight: 8,
    args: ofToken,
    possible: hasTokens,
    input(model, args) {
      const { client: of, token, isSecretRight } = refreshArgs(model, args);
      return {
        ClientId: `«${of}»`,
        RefreshToken: token,
        ...(of === "shop" && { ClientSecret: isSecretRight ? "«secret of shop»" : WRONG_SECRET }),
      };
    },
    rule: (model, args) => model.getTokensFromRefreshToken(refreshArgs(model, args)),
    ...tokens,
  }),
  step({
    operation: "/oauth2/revoke",
    weight: 2,
    args: ofToken,
    // The answer for another client's token is not documented.
    possible: (model, { isRight }) => hasTokens(model) && isRight,
    input: refreshArgs,
    ask: (engine, _, node, { client: of, token, isSecretRight }) =>
      post(
        engine,
        "/oauth2/revoke",
        { ...credentials(engine, of, isSecretRight), token: engine.valueFor(token) },
        node,
      ),
    rule: (model, args) => model.revoke(refreshArgs(model, args)),
  }),
  step({
    operation: "/oauth2/userInfo",
    weight: 6,
    args: fc.record({ token: recent }),
    possible: hasTokens,
    input: (model, { token }) => ({ token: access(model, token) }),
    async ask(engine, _, node, { token }) {
      const response = await engine.fetch(
        `/${engine.valueFor("«pool»")}/oauth2/userInfo`,
        { headers: { authorization: `Bearer ${engine.valueFor(token)}` } },
        node,
      );
      const body: Json = await response.json();
      return response.ok ? { output: body } : { exception: body.error };
    },
    rule: (model, { token }) => model.userInfo({ token: access(model, token) }),
    view: ({ sub: _, ...output }) => output,
  }),
  step({
    operation: "GetUser",
    weight: 4,
    args: fc.record({ token: recent }),
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: access(model, token) }),
    rule: (model, { token }) => model.getUser({ token: access(model, token) }),
    view: ({ Username }) => ({ username: Username }),
  }),
  step({
    operation: "InitiateAuth",
    args: fc.record({ name, isRight: mostly, other: password }),
    input: (model, { name: user, isRight, other }) => ({
      ClientId: "«web»",
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: user, PASSWORD: PASSWORDS[passwordFor(model, user, isRight, other)] },
    }),
    rule: (model, { name: user, isRight, other }) =>
      model.signIn({ client: "web", name: user, password: passwordFor(model, user, isRight, other) }),
    ...tokens,
  }),
  onUser("AdminUserGlobalSignOut", (model, args) => model.adminUserGlobalSignOut(args)),
  onUser("AdminDisableUser", (model, args) => model.adminDisableUser(args)),
  ...Array(6).fill(onUser("AdminEnableUser", (model, args) => model.adminEnableUser(args))),
  onUser("AdminDeleteUser", (model, args) => model.adminDeleteUser(args)),
  step({
    operation: "AdminSetUserPassword",
    args: fc.record({ name, password }),
    input: (_, args) => ({
      ...pool,
      Username: args.name,
      Password: PASSWORDS[args.password],
      Permanent: true,
    }),
    rule: (model, args) => model.adminSetUserPassword(args),
  }),
  step({
    operation: "AdminCreateUser",
    weight: 4,
    args: fc.record({ name }),
    input: (_, args) => args,
    ask: (engine, args, node) => createUser(engine, args.name, node),
    rule: (model, args) => model.createUser(args),
  }),
  Array(2).fill(waiting<GrantsModel>(WAITS)),
].flat();

function exchangeArgs(
  model: GrantsModel,
  {
    index,
    isRight,
    isVerifierRight,
    verifier,
    ...given
  }: {
    index: number;
    isRight: boolean;
    isVerifierRight: boolean;
    verifier: "right" | "wrong" | "none";
    isSecretRight: boolean;
    isRedirectRight: boolean;
  },
) {
  const code = codeAt(model, index);
  return {
    ...given,
    code,
    client: clientOf(code.signIn.client, isRight),
    verifier: isVerifierRight ? (code.hasChallenge ? ("right" as const) : ("none" as const)) : verifier,
  };
}

/** With the first password, permanently. */
async function createUser(engine: Engine, Username: string, node: number): Promise<Answer> {
  const created = await engine.call(
    "AdminCreateUser",
    {
      ...pool,
      Username,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: `${Username}@example.com` },
        { Name: "email_verified", Value: "true" },
      ],
    },
    node,
  );
  if (created.exception !== undefined) return created;
  await must(engine, "AdminSetUserPassword", {
    ...pool,
    Username,
    Password: PASSWORDS.first,
    Permanent: true,
  });
  return { output: {} };
}

function open(made: GrantsSettings): Scene<GrantsModel> {
  return {
    model: new GrantsModel(made),
    async prepare(engine) {
      jars.set(engine, new Map());
      const { UserPool } = await must(engine, "CreateUserPool", { PoolName: "model" });
      engine.bind("«pool»", UserPool.Id);
      for (const of of ["web", "shop"] as const) {
        const { UserPoolClient } = await must(engine, "CreateUserPoolClient", {
          ...pool,
          ClientName: of,
          GenerateSecret: of === "shop",
          ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: ALL_SCOPES,
          CallbackURLs: [CALLBACK],
          LogoutURLs: [BYE],
          SupportedIdentityProviders: ["COGNITO"],
          RefreshTokenValidity: 1,
          RefreshTokenRotation:
            made.rotation === undefined
              ? { Feature: "DISABLED" }
              : { Feature: "ENABLED", RetryGracePeriodSeconds: made.rotation },
        });
        engine.bind(`«${of}»`, UserPoolClient.ClientId);
        engine.bind(`«secret of ${of}»`, UserPoolClient.ClientSecret);
      }
      for (const user of ["amy", "bea"]) await createUser(engine, user, 0);
    },
    async probe(engine, _, node) {
      const { Users } = await must(engine, "ListUsers", { ...pool, Filter: 'username ^= ""' }, node);
      return Users.map(({ Username, Enabled }: Json) => ({ Username, Enabled }));
    },
    state: (model) => model.state(),
  };
}

const engines = startEngines();

it("gives codes and tokens to browsers and clients as the model says, on every engine", async () => {
  await runSequences(engines, { settings, commands, open, runs: 3, seed: 20_261_130, steps: 120 });
}, 3_600_000);
