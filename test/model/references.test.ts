/** App clients and what they refer to, in random sequences, compared with a model of them on SQLite and Postgres. */
import fc from "fast-check";
import { decodeJwt } from "jose";
import { it } from "vitest";
import { type Engine, type Json, startEngines } from "./engines.ts";
import { type ClientName, type Provider, ReferencesModel, type ResourceServer } from "./references-model.ts";
import { commandOf, must, runSequences, type Scene, type Step } from "./sequences.ts";

const CALLBACK = "https://app.example.com/";
const DOMAIN = "model-of-references";

const server = fc.constantFrom<ResourceServer>("api", "api", "store");
const scopes = fc.subarray(["read", "write"]);
const provider = fc.constantFrom<Provider>("Corp", "Corp", "Partner");
const client = fc.constantFrom<ClientName>("machine", "web");
const scope = fc.constantFrom("api/read", "api/write", "store/read");
const clientArgs = fc.record({
  client,
  scopes: fc
    .subarray(["api/read", "api/read", "api/write", "store/read"], { minLength: 1 })
    .map((some) => [...new Set(some)]),
  providers: fc.subarray<Provider>(["Corp", "Partner"]),
});

const pool = { UserPoolId: "«pool»" };
const step = <Args>(given: Step<ReferencesModel, Args>) => commandOf(given);
const serverInput = ({
  server: Identifier,
  scopes: names,
}: {
  server: ResourceServer;
  scopes: readonly string[];
}) => ({
  ...pool,
  Identifier,
  Name: Identifier,
  Scopes: names.map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
});
const shownServer = ({ ResourceServer: { Identifier, Scopes = [] } }: Json) => ({
  server: Identifier,
  scopes: Scopes.map(({ ScopeName }: Json) => ScopeName).sort(),
});
const shownProvider = ({ IdentityProvider: { ProviderName } }: Json) => ({ provider: ProviderName });
const shownClient = ({
  UserPoolClient: { AllowedOAuthScopes = [], SupportedIdentityProviders = [] },
}: Json) => ({
  scopes: [...AllowedOAuthScopes].sort(),
  providers: [...SupportedIdentityProviders].sort(),
});
type ClientArgs = typeof clientArgs extends fc.Arbitrary<infer Value> ? Value : never;
/** The machine has the client credentials grant, and no provider. */
const fitting = (args: ClientArgs): ClientArgs =>
  args.client === "machine" ? { ...args, providers: [] } : args;
const clientInput = ({ client: of, scopes: AllowedOAuthScopes, providers }: ClientArgs) => ({
  ...pool,
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: of === "machine" ? ["client_credentials"] : ["code"],
  AllowedOAuthScopes,
  ...(of === "web" && { CallbackURLs: [CALLBACK] }),
  ...(providers.length > 0 && { SupportedIdentityProviders: providers }),
});
const named = fc.record({ client });
const providerArgs = fc.record({ provider });
const serverArgs = fc.record({ server, scopes });

const commands = [
  step({
    operation: "CreateResourceServer",
    weight: 2,
    args: serverArgs,
    input: (_, args) => serverInput(args),
    rule: (model, args) => model.createResourceServer(args),
    view: shownServer,
  }),
  step({
    operation: "UpdateResourceServer",
    args: serverArgs,
    input: (_, args) => serverInput(args),
    rule: (model, args) => model.updateResourceServer(args),
    view: shownServer,
  }),
  step({
    operation: "DeleteResourceServer",
    args: fc.record({ server }),
    input: (_, { server: Identifier }) => ({ ...pool, Identifier }),
    rule: (model, args) => model.deleteResourceServer(args),
  }),
  step({
    operation: "DescribeResourceServer",
    args: fc.record({ server }),
    input: (_, { server: Identifier }) => ({ ...pool, Identifier }),
    rule: (model, args) => model.describeResourceServer(args),
    view: shownServer,
  }),
  step({
    operation: "CreateUserPoolClient",
    weight: 4,
    args: clientArgs,
    possible: (model, { client: of }) => !model.clients.has(of),
    input: (_, args) => ({
      ...clientInput(fitting(args)),
      ClientName: args.client,
      GenerateSecret: args.client === "machine",
    }),
    rule: (model, args) => ({ ...model.setClient(fitting(args), "create"), client: args.client }),
    view: (output) => ({ ...shownClient(output), client: output.UserPoolClient.ClientName }),
    learn({ UserPoolClient: { ClientId, ClientSecret } }, { client: of }, engine) {
      engine.bind(`«${of}»`, ClientId);
      engine.bind(`«secret of ${of}»`, ClientSecret);
    },
  }),
  step({
    operation: "UpdateUserPoolClient",
    weight: 2,
    args: clientArgs,
    input: (_, args) => ({ ...clientInput(fitting(args)), ClientId: `«${args.client}»` }),
    rule: (model, args) => model.setClient(fitting(args), "update"),
    view: shownClient,
  }),
  step({
    operation: "DescribeUserPoolClient",
    args: named,
    input: (_, { client: of }) => ({ ...pool, ClientId: `«${of}»` }),
    rule: (model, args) => model.describeClient(args),
    view: shownClient,
  }),
  step({
    operation: "DeleteUserPoolClient",
    args: named,
    input: (_, { client: of }) => ({ ...pool, ClientId: `«${of}»` }),
    rule: (model, args) => model.deleteClient(args),
  }),
  step({
    operation: "/oauth2/token",
    weight: 4,
    args: fc.record({ scope: fc.option(scope, { nil: undefined }) }),
    // What a client gets of whom no scope is active is not documented.
    possible: (model, { scope: asked }) =>
      asked === undefined
        ? (model.clients.get("machine")?.scopes.some((name) => model.isActive(name)) ?? true)
        : model.isActive(asked),
    input: (_, args) => args,
    async ask(engine, { scope: asked }, node) {
      const body = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: engine.valueFor("«machine»"),
        client_secret: engine.valueFor("«secret of machine»"),
        ...(asked !== undefined && { scope: asked }),
      });
      const response = await engine.fetch(
        `/${engine.valueFor("«pool»")}/oauth2/token`,
        { method: "POST", body },
        node,
      );
      const answer: Json = await response.json();
      return response.ok ? { output: answer } : { exception: answer.error };
    },
    rule: (model, args) => model.token(args),
    view: ({ access_token: token }) => ({
      scopes: String(decodeJwt(token).scope ?? "")
        .split(" ")
        .sort(),
    }),
  }),
  step({
    operation: "/oauth2/authorize",
    weight: 3,
    args: providerArgs,
    input: (_, args) => args,
    async ask(engine, { provider: wanted }, node) {
      const query = new URLSearchParams({
        client_id: engine.valueFor("«web»"),
        response_type: "code",
        redirect_uri: CALLBACK,
        identity_provider: wanted,
      });
      const response = await engine.fetch(
        `/${engine.valueFor("«pool»")}/oauth2/authorize?${query}`,
        {},
        node,
      );
      const location = response.headers.get("location") ?? "";
      const isAtProvider = location.startsWith(`https://${wanted.toLowerCase()}.example.com/`);
      return { output: isAtProvider ? wanted : "elsewhere" };
    },
    rule: (model, args) => model.authorize(args),
  }),
  step({
    operation: "CreateIdentityProvider",
    weight: 2,
    args: providerArgs,
    input: (_, { provider: ProviderName }) => ({
      ...pool,
      ProviderName,
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: "model",
        client_secret: "secret",
        attributes_request_method: "GET",
        authorize_scopes: "openid",
        oidc_issuer: `https://${ProviderName.toLowerCase()}.example.com`,
        authorize_url: `https://${ProviderName.toLowerCase()}.example.com/authorize`,
        token_url: `https://${ProviderName.toLowerCase()}.example.com/token`,
        attributes_url: `https://${ProviderName.toLowerCase()}.example.com/userinfo`,
        jwks_uri: `https://${ProviderName.toLowerCase()}.example.com/keys`,
      },
    }),
    rule: (model, args) => model.createIdentityProvider(args),
    view: shownProvider,
  }),
  step({
    operation: "DeleteIdentityProvider",
    args: providerArgs,
    input: (_, { provider: ProviderName }) => ({ ...pool, ProviderName }),
    rule: (model, args) => model.deleteIdentityProvider(args),
  }),
  step({
    operation: "DescribeIdentityProvider",
    args: providerArgs,
    input: (_, { provider: ProviderName }) => ({ ...pool, ProviderName }),
    rule: (model, args) => model.describeIdentityProvider(args),
    view: shownProvider,
  }),
  step({
    operation: "AdminLinkProviderForUser",
    weight: 2,
    args: fc.record({ provider, subject: fc.constantFrom("1", "2") }),
    input: (_, { provider: ProviderName, subject }) => ({
      ...pool,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "jane" },
      SourceUser: { ProviderName, ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: subject },
    }),
    rule: (model, args) => model.link(args),
  }),
  step({
    operation: "CreateUserPoolDomain",
    args: fc.constant({}),
    input: () => ({ ...pool, Domain: DOMAIN }),
    rule: (model) => model.createDomain(),
    view: () => ({}),
  }),
  step({
    operation: "DeleteUserPoolDomain",
    args: fc.constant({}),
    input: () => ({ ...pool, Domain: DOMAIN }),
    rule: (model) => model.deleteDomain(),
  }),
].flat();

async function probe(engine: Engine, _: ReferencesModel, node: number): Promise<Json> {
  const page = { ...pool, MaxResults: 50 };
  const { ResourceServers } = await must(engine, "ListResourceServers", page, node);
  const { Providers } = await must(engine, "ListIdentityProviders", page, node);
  const { DomainDescription } = await must(engine, "DescribeUserPoolDomain", { Domain: DOMAIN }, node);
  const { UserAttributes } = await must(engine, "AdminGetUser", { ...pool, Username: "jane" }, node);
  const identities = UserAttributes.find(({ Name }: Json) => Name === "identities")?.Value ?? "[]";
  return {
    servers: ResourceServers.map(({ Identifier }: Json) => Identifier).sort(),
    providers: Providers.map(({ ProviderName }: Json) => ProviderName).sort(),
    domain: DomainDescription.UserPoolId !== undefined,
    links: JSON.parse(identities)
      .map(({ providerName, userId }: Json) => `${providerName} ${userId}`)
      .sort(),
  };
}

function open(): Scene<ReferencesModel> {
  const model = new ReferencesModel();
  return {
    model,
    async prepare(engine) {
      const { UserPool } = await must(engine, "CreateUserPool", { PoolName: "model" });
      engine.bind("«pool»", UserPool.Id);
      await must(engine, "AdminCreateUser", { ...pool, Username: "jane", MessageAction: "SUPPRESS" });
    },
    probe,
    state: () => model.state(),
    async end(engine) {
      // A pool that has a domain cannot be deleted.
      const { exception } = await engine.call("DeleteUserPool", pool, 0);
      if (exception === undefined) return;
      await must(engine, "DeleteUserPoolDomain", { ...pool, Domain: DOMAIN });
      await must(engine, "DeleteUserPool", pool);
    },
  };
}

const engines = startEngines();

it("keeps app clients and what they refer to as the model says, on engines of one node", async () => {
  await runSequences(
    engines.filter(({ nodes }) => nodes === 1),
    { settings: fc.constant(null), commands, open, runs: 5, seed: 20_261_130, steps: 60 },
  );
}, 3_600_000);
