/** Sign-ins at external providers, links and profiles, in random sequences, compared with a model of them on every engine. */
import fc from "fast-check";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, it } from "vitest";
import { pathOf, visit } from "./browser.ts";
import { type Answer, type Engine, type Json, startEngines } from "./engines.ts";
import { type FederatedArgs, FederationModel, type IdentityKey, type Username } from "./federation-model.ts";
import { codeOf, startProvider } from "./openid-provider.ts";
import { commandOf, must, runSequences, type Scene, type Step, waiting } from "./sequences.ts";

const PASSWORD = "Correct-horse-1";
const CALLBACK = "https://app.example.com/callback";

const username = fc.constantFrom<Username>("jane", "jane", "joe", "Corp_1", "Corp_2", "Partner_1");
const localName = fc.constantFrom<Username>("jane", "jane", "joe", "joe", "Corp_1");
const provider = fc.constantFrom("Corp" as const, "Corp" as const, "Partner" as const);
const subject = fc.constantFrom("1", "1", "2");
const email = fc.constantFrom("a@example.com", "b@example.com");
const source: fc.Arbitrary<IdentityKey> = fc.oneof(
  fc.record({ provider, by: fc.constant("Cognito_Subject" as const), value: subject }),
  fc.record({ provider, by: fc.constant("email" as const), value: email }),
);
const claim = fc.oneof({ weight: 3, arbitrary: email }, fc.constantFrom("", undefined));

const pool = { UserPoolId: "«pool»" };
const step = <Args>(given: Step<FederationModel, Args>) => commandOf(given);
const identifier = ({ provider: ProviderName, by, value }: IdentityKey) => ({
  ProviderName,
  ProviderAttributeName: by,
  ProviderAttributeValue: value,
});
/** A local user by name, a profile by its provider and id there. */
function destinationOf(name: Username) {
  const [, ProviderName = "Cognito", ProviderAttributeValue = name] =
    /^(Corp|Partner)_(.*)$/.exec(name) ?? [];
  return { ProviderName, ProviderAttributeValue };
}
const identityOf = ({ providerName, userId, primary }: Json) =>
  `${providerName} ${userId} ${String(primary) === "true" ? "own" : "linked"}`;

/** The browser is sent to the provider, signs in there, and comes back on another node. */
async function signInAtProvider(
  engine: Engine,
  args: FederatedArgs,
  now: number,
  node: number,
): Promise<Answer> {
  const jar = new Map<string, string>();
  const clientId = engine.valueFor("«client»");
  const base = `/${engine.valueFor("«pool»")}`;
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    scope: "openid email",
    redirect_uri: CALLBACK,
    identity_provider: args.provider,
  });
  const start = await visit(engine, jar, `${base}/oauth2/authorize?${query}`, node);
  const asked = new URL(start.location).searchParams;
  const code = codeOf({
    subject: args.subject,
    claims: args.email === undefined ? {} : { email: args.email, email_verified: args.email !== "" },
    nonce: asked.get("nonce") ?? undefined,
    now,
  });
  const back = new URLSearchParams({ code, state: asked.get("state") ?? "" });
  const returned = pathOf(asked.get("redirect_uri") ?? "");
  const { location } = await visit(engine, jar, `${returned}?${back}`, node + 1);
  const answer = new URL(location, "https://elsewhere.example.com").searchParams;
  const error = answer.get("error");
  if (error !== null) return { exception: error, message: answer.get("error_description") ?? "" };
  const response = await engine.fetch(
    `${base}/oauth2/token`,
    {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: clientId,
        redirect_uri: CALLBACK,
        code: answer.get("code") ?? "",
      }),
    },
    node,
  );
  const { id_token: idToken }: Json = await response.json();
  return { output: decodeJwt(idToken) };
}

/** An operation of an administrator on a user. */
const onUser = (
  operation: Step<FederationModel, { username: Username }>["operation"],
  rule: (model: FederationModel, args: { username: Username }) => Json,
  more: Json = {},
) =>
  step({
    operation,
    args: fc.record({ username }),
    input: (_, args) => ({ ...pool, Username: args.username, ...more }),
    rule,
  });

const commands = [
  step({
    operation: "/oauth2/idpresponse",
    weight: 14,
    args: fc.record({ provider, subject, email: claim }),
    input: (model, args) => ({ ...args, now: model.now }),
    ask: (engine, args, node, { now }) => signInAtProvider(engine, args, now, node),
    rule: (model, args) => model.signInAtProvider(args),
    view(claims) {
      const { "cognito:username": name, "cognito:groups": groups, email: address, identities } = claims;
      return {
        username: name,
        ...(address !== undefined && { email: address }),
        ...(groups !== undefined && { groups }),
        ...(identities !== undefined && { identities: identities.map(identityOf).sort() }),
      };
    },
  }),
  step({
    operation: "AdminLinkProviderForUser",
    weight: 8,
    args: fc.record({ destination: username, source }),
    input: (_, { destination, source: key }) => ({
      ...pool,
      DestinationUser: destinationOf(destination),
      SourceUser: identifier(key),
    }),
    rule: (model, args) => model.link(args),
  }),
  step({
    operation: "AdminDisableProviderForUser",
    weight: 4,
    args: fc.record({ source }),
    // Whether the profile that an identity made itself stays is not documented.
    possible: (model, { source: { provider: of, value } }) => model.find(`${of}_${value}`) === undefined,
    input: (_, { source: key }) => ({ ...pool, User: identifier(key) }),
    rule: (model, args) => model.disable(args),
  }),
  step({
    operation: "AdminDisableProviderForUser",
    args: fc.record({ username: localName }),
    input: (_, args) => ({
      ...pool,
      User: {
        ProviderName: "Cognito",
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: args.username,
      },
    }),
    rule: (model, args) => model.disablePassword(args),
  }),
  step({
    operation: "AdminCreateUser",
    weight: 4,
    args: fc.record({ username: localName, email: fc.option(email, { nil: undefined }) }),
    input: (_, args) => ({
      ...pool,
      Username: args.username,
      TemporaryPassword: PASSWORD,
      MessageAction: "SUPPRESS",
      ...(args.email !== undefined && { UserAttributes: [{ Name: "email", Value: args.email }] }),
    }),
    rule: (model, args) => model.adminCreateUser(args),
    view: ({ User: { Username } }) => ({ username: Username }),
  }),
  step({
    operation: "InitiateAuth",
    weight: 4,
    args: fc.record({ username }),
    input: (_, args) => ({
      ClientId: "«client»",
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: args.username, PASSWORD },
    }),
    rule: (model, args) => model.signIn(args),
    view: ({ ChallengeName, AuthenticationResult }) =>
      ChallengeName === undefined
        ? { username: decodeJwt(AuthenticationResult.AccessToken).username }
        : { challenge: ChallengeName },
  }),
  ...Array(2).fill(
    onUser("AdminSetUserPassword", (model, args) => model.adminSetUserPassword(args), {
      Password: PASSWORD,
      Permanent: true,
    }),
  ),
  onUser("AdminDisableUser", (model, args) => model.adminDisableUser(args)),
  ...Array(2).fill(onUser("AdminEnableUser", (model, args) => model.adminEnableUser(args))),
  onUser("AdminDeleteUser", (model, args) => model.adminDeleteUser(args)),
  waiting<FederationModel>([60_000]),
].flat();

function open(): Scene<FederationModel> {
  const model = new FederationModel();
  return {
    model,
    async prepare(engine) {
      const { UserPool } = await must(engine, "CreateUserPool", { PoolName: "model" });
      engine.bind("«pool»", UserPool.Id);
      for (const ProviderName of ["Corp", "Partner"]) {
        await must(engine, "CreateIdentityProvider", {
          ...pool,
          ProviderName,
          ProviderType: "OIDC",
          ProviderDetails: external.details,
          AttributeMapping: { email: "email", email_verified: "email_verified" },
        });
      }
      const { UserPoolClient } = await must(engine, "CreateUserPoolClient", {
        ...pool,
        ClientName: "model",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid", "email"],
        CallbackURLs: [CALLBACK],
        SupportedIdentityProviders: ["COGNITO", "Corp", "Partner"],
      });
      engine.bind("«client»", UserPoolClient.ClientId);
    },
    async probe(engine, _, node) {
      const { Users } = await must(engine, "ListUsers", pool, node);
      return Users.map(({ Username, Attributes = [], UserStatus, Enabled }: Json) => {
        const of = (wanted: string) => Attributes.find(({ Name }: Json) => Name === wanted)?.Value;
        return {
          username: Username,
          status: UserStatus,
          enabled: Enabled,
          ...(of("email") !== undefined && { email: of("email") }),
          identities: JSON.parse(of("identities") ?? "[]")
            .map(identityOf)
            .sort(),
        };
      });
    },
    state: () => model.state(),
  };
}

const engines = startEngines();
let external: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  external = await startProvider();
});
afterAll(() => external.stop());

it("signs identities in as the user whom the model says, on every engine", async () => {
  await runSequences(engines, {
    settings: fc.constant(null),
    commands,
    open,
    runs: 3,
    seed: 20_261_130,
    steps: 60,
  });
}, 3_600_000);
