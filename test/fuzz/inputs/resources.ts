/** Inputs of the operations on what a pool holds beside users: app clients, groups, providers, domains, styles, terms, imports. */
import {
  ACCOUNT,
  type Client,
  type ClientKind,
  clientOf,
  type Json,
  type Pool,
  poolOf,
  type World,
} from "../world.ts";
import type { Generator } from "./generator.ts";

const EVERY_FLOW = [
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_CUSTOM_AUTH",
];
export const CALLBACK = "https://app.example.com/callback";
const PAGES = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code", "implicit"],
  AllowedOAuthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
  CallbackURLs: [CALLBACK],
  LogoutURLs: ["https://app.example.com/bye"],
  SupportedIdentityProviders: ["COGNITO"],
};

/** The settings of each kind of app client. */
function clientSettings(kind: ClientKind, pool: Pool): Json {
  const [server] = pool.resourceServers;
  const flows = pool.kind === "full" ? [...EVERY_FLOW, "ALLOW_USER_AUTH"] : EVERY_FLOW;
  switch (kind) {
    case "machine":
      return {
        ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH"],
        ...(server !== undefined && {
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["client_credentials"],
          AllowedOAuthScopes: [`${server}/read`],
        }),
      };
    case "rotating":
      return {
        ExplicitAuthFlows: flows,
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
      };
    case "pages":
      return {
        ExplicitAuthFlows: [...flows, "ALLOW_REFRESH_TOKEN_AUTH"],
        ...PAGES,
        PreventUserExistenceErrors: "ENABLED",
      };
    default:
      return { ExplicitAuthFlows: [...flows, "ALLOW_REFRESH_TOKEN_AUTH"] };
  }
}

export function clientCreation(pool: Pool, wanted: ClientKind): Json {
  // The plan LITE has no rotation.
  const kind = pool.kind === "plain" && wanted === "rotating" ? "app" : wanted;
  const hasSecret = kind === "secret" || kind === "machine";
  return {
    UserPoolId: pool.id,
    ClientName: kind,
    ...clientSettings(kind, pool),
    ...(hasSecret && { GenerateSecret: true }),
  };
}

const named = (client: Client | undefined): Json | undefined =>
  client && { UserPoolId: client.pool.id, ClientId: client.id };

const ofClient =
  (...kinds: readonly ClientKind[]): Generator =>
  (world) =>
    named(clientOf(world, poolOf(world), ...kinds));

/** A client of a pool of the kind `full`, whose plan has every feature. */
const ofRichClient: Generator = (world) => named(clientOf(world, poolOf(world, "full")));

/** One of many of a pool's things, with the pool. */
function held<T>(
  { random, pools }: World,
  things: (pool: Pool) => Iterable<T>,
): { pool: Pool; thing: T } | undefined {
  return random.pickAny(pools.flatMap((pool) => [...things(pool)].map((thing) => ({ pool, thing }))));
}

const ofThing =
  (
    member: string,
    things: (pool: Pool) => Iterable<string>,
    more: (world: World) => Json = () => ({}),
  ): Generator =>
  (world) => {
    const found = held(world, things);
    return found && { UserPoolId: found.pool.id, [member]: found.thing, ...more(world) };
  };

const ofPool: Generator = (world) => {
  const pool = poolOf(world);
  return pool && { UserPoolId: pool.id };
};

const group = ({ random }: World): Json => ({
  ...(random.chance(0.5) && { Description: random.word(8) }),
  ...(random.chance(0.5) && { Precedence: random.below(50) }),
  ...(random.chance(0.3) && { RoleArn: `arn:aws:iam::${ACCOUNT}:role/${random.word(4)}` }),
});
const scopes = () => [
  { ScopeName: "read", ScopeDescription: "Read" },
  { ScopeName: "write", ScopeDescription: "Write" },
];
const SOCIAL = { client_id: "id", client_secret: "provider-secret-1", authorize_scopes: "openid email" };
const OIDC = {
  client_id: "id",
  client_secret: "provider-secret-2",
  authorize_scopes: "openid",
  attributes_request_method: "GET",
  oidc_issuer: "https://login.example.com",
  authorize_url: "https://login.example.com/authorize",
  token_url: "https://login.example.com/token",
  attributes_url: "https://login.example.com/userinfo",
  jwks_uri: "https://login.example.com/jwks",
};
/** An EC key's, valid for a hundred years. */
const CERTIFICATE =
  "MIIBczCCARmgAwIBAgIUfj/QkJA9GErwXx5Pm9vcd9XNKmowCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEyOTA2MDIxOFoYDzIxMjYxMTA1MDYwMjE4WjAOMQwwCgYDVQQDDANpZHAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATRPU/VIkZDUOeHZJpOq80Wzo5PnQYOjEtgFLuhDJB9h0esaBx7xvKbQDH6IGPff2J2gAd1JmsRNUDwu6Bx4Lc0o1MwUTAdBgNVHQ4EFgQUg48o1eYBtZ+g9yL13CIrYv3qn6EwHwYDVR0jBBgwFoAUg48o1eYBtZ+g9yL13CIrYv3qn6EwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA0EKosgtZVWRe5ylGfCOVs2IwAO8dEtK8y5VyMzz1acQCIAKbY9na0ZLZ1KtJPteDV5y7NvNXehJkJ3NxKg1J7ylb";
const METADATA = `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${CERTIFICATE}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;

/** One of each type. */
export const providersOf = (pool: Pool, world: World): readonly Json[] =>
  newProviders(world).map((made) => ({ UserPoolId: pool.id, ...made }));

function newProviders({ random }: World): readonly (Json & { readonly ProviderName: string })[] {
  const AttributeMapping = { email: "email" };
  return [
    { ProviderName: "Google", ProviderType: "Google", ProviderDetails: SOCIAL, AttributeMapping },
    { ProviderName: `Corp${random.word(3)}`, ProviderType: "OIDC", ProviderDetails: OIDC, AttributeMapping },
    {
      ProviderName: `Saml${random.word(3)}`,
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: METADATA },
      AttributeMapping,
    },
  ];
}

function providerDetails(name: string): Json {
  if (name.startsWith("Saml")) return { MetadataFile: METADATA, IDPSignout: "true" };
  return name.startsWith("Corp")
    ? { ...OIDC, authorize_scopes: "openid email" }
    : { ...SOCIAL, authorize_scopes: "openid" };
}

const LOOK = { Settings: { categories: { global: { colorSchemeMode: "DARK" } } } };
const ASSET = { Category: "PAGE_BACKGROUND", ColorMode: "LIGHT", Extension: "PNG", Bytes: "iVBORw0KGgo=" };
const look = ({ random }: World): Json =>
  random.pick<Json>([{ UseCognitoProvidedValues: true }, LOOK, { ...LOOK, Assets: [ASSET] }]);
const links = ({ random }: World) => ({ "cognito:default": `https://example.com/${random.word(4)}` });

function newJob(world: World): Json | undefined {
  const pool = poolOf(world);
  const CloudWatchLogsRoleArn = `arn:aws:iam::${ACCOUNT}:role/logs`;
  return pool && { UserPoolId: pool.id, JobName: world.random.word(5), CloudWatchLogsRoleArn };
}
const job = ofThing.bind(undefined, "JobId", (pool: Pool) => pool.jobs.keys());

export const resourceInputs = {
  CreateUserPoolClient: (world) => {
    const pool = poolOf(world);
    if (pool === undefined || pool.clients.length > 8) return undefined;
    return clientCreation(pool, world.random.pick(["app", "secret", "machine", "rotating", "pages"]));
  },
  DescribeUserPoolClient: ofClient(),
  ListUserPoolClients: (world) => {
    const pool = poolOf(world);
    return pool && { UserPoolId: pool.id, MaxResults: 1 + world.random.below(60) };
  },
  UpdateUserPoolClient: (world) => {
    const client = clientOf(world, poolOf(world));
    if (client === undefined) return undefined;
    const validity = {
      AccessTokenValidity: 1 + world.random.below(20),
      TokenValidityUnits: { AccessToken: "hours" },
    };
    return {
      ...named(client),
      ...clientSettings(client.kind, client.pool),
      ClientName: world.random.word(5),
      ...(world.random.chance(0.5) && validity),
    };
  },
  DeleteUserPoolClient: (world) => {
    const pool = poolOf(world);
    return (pool?.clients.length ?? 0) < 5 ? undefined : named(clientOf(world, pool));
  },
  AddUserPoolClientSecret: (world) => {
    const client = clientOf(world, poolOf(world), "secret", "machine");
    return client === undefined || client.secrets.length > 1 ? undefined : named(client);
  },
  ListUserPoolClientSecrets: ofClient("secret", "machine"),
  DeleteUserPoolClientSecret: (world) => {
    const client = world.random.pickAny(
      world.pools.flatMap(({ clients }) => clients).filter(({ secrets }) => secrets.length > 1),
    );
    const secret = client?.secrets.find(({ id }) => id !== undefined);
    return secret && { ...named(client), ClientSecretId: secret.id };
  },
  GetClientToken: (world) => {
    const client = clientOf(world, poolOf(world), "machine");
    return client && { ClientId: client.id, Secret: client.secrets[0]?.value };
  },
  GetUserPoolClientSessionConfiguration: ofRichClient,
  SetUserPoolClientSessionConfiguration: async (world) => {
    const client = await ofRichClient(world);
    return client && { ...client, SSOSession: { MaxValidityMinutes: 60 + world.random.below(600) } };
  },

  CreateGroup: (world) => {
    const pool = poolOf(world);
    return pool && { UserPoolId: pool.id, GroupName: world.random.word(5), ...group(world) };
  },
  GetGroup: ofThing("GroupName", ({ groups }) => groups),
  ListGroups: ofPool,
  UpdateGroup: ofThing("GroupName", ({ groups }) => groups, group),
  DeleteGroup: ofThing("GroupName", ({ groups }) => groups),
  ListUsersInGroup: ofThing("GroupName", ({ groups }) => groups),

  CreateResourceServer: (world) => {
    const pool = poolOf(world);
    if (pool === undefined || pool.resourceServers.size > 10) return undefined;
    return {
      UserPoolId: pool.id,
      Identifier: `https://${world.random.word(4)}`,
      Name: "API",
      Scopes: scopes(),
    };
  },
  DescribeResourceServer: ofThing("Identifier", ({ resourceServers }) => resourceServers),
  ListResourceServers: ofPool,
  UpdateResourceServer: ofThing(
    "Identifier",
    ({ resourceServers }) => resourceServers,
    ({ random }) => ({
      Name: random.word(5),
      Scopes: scopes(),
    }),
  ),
  DeleteResourceServer: ofThing("Identifier", ({ resourceServers }) => [...resourceServers].slice(1)),

  CreateIdentityProvider: (world) => {
    const pool = poolOf(world);
    if (pool === undefined) return undefined;
    const made = world.random.pickAny(newProviders(world)) as Json & { readonly ProviderName: string };
    return pool.providers.has(made.ProviderName)
      ? undefined
      : { UserPoolId: pool.id, ...made, IdpIdentifiers: [`id-${world.random.word(5)}`] };
  },
  DescribeIdentityProvider: ofThing("ProviderName", ({ providers }) => providers),
  ListIdentityProviders: ofPool,
  GetIdentityProviderByIdentifier: async (world) => {
    const found = held(world, ({ providers }) => providers);
    if (found === undefined) return undefined;
    const { body } = await world.send("DescribeIdentityProvider", {
      UserPoolId: found.pool.id,
      ProviderName: found.thing,
    });
    const [identifier] = body.IdentityProvider?.IdpIdentifiers ?? [];
    return identifier && { UserPoolId: found.pool.id, IdpIdentifier: identifier };
  },
  UpdateIdentityProvider: (world) => {
    const found = held(world, ({ providers }) => providers);
    if (found === undefined) return undefined;
    const AttributeMapping = { email: "email", name: world.random.word(4) };
    return {
      UserPoolId: found.pool.id,
      ProviderName: found.thing,
      ProviderDetails: providerDetails(found.thing),
      AttributeMapping,
    };
  },
  DeleteIdentityProvider: ofThing("ProviderName", ({ providers }) => [...providers].slice(1)),

  CreateUserPoolDomain: (world) => {
    const pool = poolOf(world);
    if (pool === undefined || pool.domains.size > 0) return undefined;
    return { UserPoolId: pool.id, Domain: `d${world.random.word(8)}` };
  },
  DescribeUserPoolDomain: (world) => {
    const found = held(world, ({ domains }) => domains);
    return found && { Domain: found.thing };
  },
  UpdateUserPoolDomain: ofThing(
    "Domain",
    ({ domains }) => domains,
    () => ({ ManagedLoginVersion: 1 }),
  ),
  DeleteUserPoolDomain: ofThing("Domain", ({ domains }) => domains),

  CreateManagedLoginBranding: (world) => {
    const client = clientOf(world, poolOf(world));
    if (client === undefined || [...client.pool.brandings.values()].includes(client.id)) return undefined;
    return { ...named(client), ...look(world) };
  },
  DescribeManagedLoginBranding: ofThing(
    "ManagedLoginBrandingId",
    ({ brandings }) => brandings.keys(),
    ({ random }) => ({
      ...(random.chance(0.5) && { ReturnMergedResources: true }),
    }),
  ),
  DescribeManagedLoginBrandingByClient: ofThing("ClientId", ({ brandings }) => brandings.values()),
  UpdateManagedLoginBranding: ofThing("ManagedLoginBrandingId", ({ brandings }) => brandings.keys(), look),
  DeleteManagedLoginBranding: ofThing("ManagedLoginBrandingId", ({ brandings }) => brandings.keys()),

  CreateTerms: (world) => {
    const client = clientOf(world, poolOf(world));
    const TermsName = world.random.pick(["terms-of-use", "privacy-policy"]);
    const isTaken = [...(client?.pool.terms.values() ?? [])].some(
      (terms) => terms.clientId === client?.id && terms.name === TermsName,
    );
    if (client === undefined || isTaken) return undefined;
    return { ...named(client), TermsName, TermsSource: "LINK", Enforcement: "NONE", Links: links(world) };
  },
  DescribeTerms: ofThing("TermsId", ({ terms }) => terms.keys()),
  DescribeTermsByClient: (world) => {
    const found = held(world, ({ terms }) => terms.values());
    return (
      found && { UserPoolId: found.pool.id, ClientId: found.thing.clientId, TermsName: found.thing.name }
    );
  },
  ListTerms: ofPool,
  UpdateTerms: ofThing(
    "TermsId",
    ({ terms }) => terms.keys(),
    (world) => ({ Links: links(world) }),
  ),
  DeleteTerms: ofThing("TermsId", ({ terms }) => terms.keys()),

  CreateUserImportJob: newJob,
  DescribeUserImportJob: job(),
  ListUserImportJobs: (world) => {
    const pool = poolOf(world);
    return pool && { UserPoolId: pool.id, MaxResults: 1 + world.random.below(60) };
  },
  StartUserImportJob: uploadedJob,
  StopUserImportJob: async (world) => {
    const started = await uploadedJob(world);
    if (started === undefined) return undefined;
    await world.send("StartUserImportJob", started);
    return started;
  },
  GetCSVHeader: ofPool,
} satisfies Record<string, Generator>;

/** A new job that has its file, and can be started. */
async function uploadedJob(world: World): Promise<Json | undefined> {
  const job = newJob(world);
  const { body } = job === undefined ? {} : await world.send("CreateUserImportJob", job);
  const pool = world.pools.find(({ id }) => id === job?.UserPoolId);
  if (pool === undefined || body?.UserImportJob === undefined) return undefined;
  const { JobId, PreSignedUrl } = body.UserImportJob;
  await upload(PreSignedUrl, await importFile(world, pool));
  return { UserPoolId: pool.id, JobId };
}

async function importFile(world: World, pool: Pool): Promise<string> {
  const { body } = await world.send("GetCSVHeader", { UserPoolId: pool.id });
  const header: string[] = body.CSVHeader ?? [];
  const cells: Readonly<Record<string, string>> = {
    "cognito:mfa_enabled": "FALSE",
    phone_number_verified: "FALSE",
    email_verified: "TRUE",
  };
  const rows = Array.from({ length: 20 }, () => {
    const name = `csv${world.random.word(8)}`;
    const email = `${name}@example.com`;
    return header
      .map((column) =>
        column === "cognito:username"
          ? pool.kind === "email"
            ? email
            : name
          : column === "email"
            ? email
            : (cells[column] ?? ""),
      )
      .join(",");
  });
  return [header.join(","), ...rows, world.random.chance(0.2) ? '"=1+1,"' : ""].join("\n");
}

async function upload(url: string, body: string): Promise<void> {
  const answer = await fetch(url, {
    method: "PUT",
    headers: { "x-amz-server-side-encryption": "aws:kms" },
    body,
  });
  if (answer.status !== 200)
    throw new Error(`The upload was answered ${answer.status}: ${await answer.text()}`);
}
