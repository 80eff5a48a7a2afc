import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetUserPoolMfaConfigCommand,
  InitiateAuthCommand,
  ListResourceServersCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DeleteAccessKeyCommand } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const seed = `
pools:
  - name: customers
    id: us-east-1_Customers1
    settings: { Policies: { PasswordPolicy: { MinimumLength: 10 } } }
    clients:
      - name: web
        settings: { ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH] }
    groups:
      - { name: admins, precedence: 1 }
    users:
      - username: taro
        attributes: { email: taro@example.com, email_verified: true }
        password: Permanent-1
        groups: [admins]
  - name: staff
iam:
  users:
    - name: ci
      accessKeys: [{ id: AKIAEXAMPLEEXAMPLE00, secret: example-secret }]
      policies: [AmazonCognitoReadOnly]
`;

describe("a seed file", () => {
  let folder: string;
  let file: string;
  const servers: TestServer[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-seed-"));
    file = join(folder, "seed.yaml");
    await writeFile(file, seed);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    await rm(folder, { recursive: true });
  });

  async function start(dataDir?: string): Promise<TestServer> {
    const server = await startTestServer({
      seed: file,
      ...(dataDir === undefined ? {} : { dataDir, inMemory: false }),
    });
    servers.push(server);
    return server;
  }
  const taro = { UserPoolId: "us-east-1_Customers1", Username: "taro" };
  const signIn = async (server: TestServer, PASSWORD: string) => {
    const clients = await server.aws(
      "cognate",
      "cognito-idp",
      "list-user-pool-clients",
      "--user-pool-id",
      taro.UserPoolId,
    );
    return server.cognito.send(
      new InitiateAuthCommand({
        ClientId: clients.UserPoolClients[0].ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "taro", PASSWORD },
      }),
    );
  };

  it("creates pools, clients, groups, users and IAM principals before the server is ready", async () => {
    const server = await start();
    const { UserPool } = await server.cognito.send(
      new DescribeUserPoolCommand({ UserPoolId: taro.UserPoolId }),
    );
    expect(UserPool?.Policies?.PasswordPolicy?.MinimumLength).toBe(10);
    expect((await server.cognito.send(new AdminGetUserCommand(taro))).UserStatus).toBe("CONFIRMED");
    const { Groups } = await server.cognito.send(new AdminListGroupsForUserCommand(taro));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["admins"]);
    expect((await signIn(server, "Permanent-1")).AuthenticationResult?.AccessToken).toBeDefined();

    const ci = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIAEXAMPLEEXAMPLE00", secretAccessKey: "example-secret" },
    });
    expect((await ci.send(new ListUserPoolsCommand({ MaxResults: 5 }))).UserPools).toHaveLength(2);
    await expect(
      ci.send(new AdminSetUserPasswordCommand({ ...taro, Password: "Permanent-2" })),
    ).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  it("creates access keys that are rejected after their deletion, even if unknown keys are trusted", async () => {
    const server = await start();
    const credentials = { accessKeyId: "AKIAEXAMPLEEXAMPLE00", secretAccessKey: "example-secret" };
    const ci = new CognitoIdentityProviderClient({ endpoint: server.url, region: "us-east-1", credentials });
    const iam = iamClient(server);
    const { accessKeyId: AccessKeyId } = credentials;
    await iam.send(new DeleteAccessKeyCommand({ UserName: "ci", AccessKeyId }));
    await expect(ci.send(new ListUserPoolsCommand({ MaxResults: 5 }))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
    iam.destroy();
    ci.destroy();
  });

  it("generates the same IDs on every machine", async () => {
    const idsOf = async (server: TestServer) => {
      const { UserPools } = await server.cognito.send(new ListUserPoolsCommand({ MaxResults: 5 }));
      const clients = await server.aws(
        "cognate",
        "cognito-idp",
        "list-user-pool-clients",
        "--user-pool-id",
        taro.UserPoolId,
      );
      const { UserAttributes } = await server.cognito.send(new AdminGetUserCommand(taro));
      return [
        UserPools?.map(({ Id }) => Id).sort(),
        clients.UserPoolClients.map(({ ClientId }: { ClientId: string }) => ClientId),
        UserAttributes?.find(({ Name }) => Name === "sub")?.Value,
      ];
    };
    const [one, other] = [await start(), await start()];
    expect(await idsOf(one)).toEqual(await idsOf(other));
  });

  it("changes nothing if it is applied again, and keeps the users' changes", async () => {
    const dataDir = join(folder, "data");
    const first = await start(dataDir);
    await first.cognito.send(
      new AdminSetUserPasswordCommand({ ...taro, Password: "Permanent-2", Permanent: true }),
    );
    await first.cognito.send(
      new AdminUpdateUserAttributesCommand({ ...taro, UserAttributes: [{ Name: "name", Value: "Taro" }] }),
    );
    const before = await first.cognito.send(new DescribeUserPoolCommand({ UserPoolId: taro.UserPoolId }));
    await first.stop();
    servers.splice(0);

    const second = await start(dataDir);
    const after = await second.cognito.send(new DescribeUserPoolCommand({ UserPoolId: taro.UserPoolId }));
    expect(after.UserPool).toEqual(before.UserPool);
    expect((await signIn(second, "Permanent-2")).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it("updates pools after it was changed", async () => {
    const dataDir = join(folder, "data");
    await (await start(dataDir)).stop();
    servers.splice(0);
    await writeFile(file, (await readFile(file, "utf8")).replace("MinimumLength: 10", "MinimumLength: 12"));
    const server = await start(dataDir);
    const { UserPool } = await server.cognito.send(
      new DescribeUserPoolCommand({ UserPoolId: taro.UserPoolId }),
    );
    expect(UserPool?.Policies?.PasswordPolicy?.MinimumLength).toBe(12);
  });

  it("takes a pool and a client as they are described, and describes them in the same way", async () => {
    const UserPoolId = "eu-west-1_AbCdEfGhI";
    const ClientId = "1h57kf5cpq17m0eml12example";
    const attribute = { AttributeDataType: "String", DeveloperOnlyAttribute: false, Required: false };
    await writeFile(
      file,
      JSON.stringify({
        pools: [
          {
            UserPool: {
              Id: UserPoolId,
              Name: "shop",
              Arn: `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${UserPoolId}`,
              CreationDate: "2024-11-27T15:02:57.100000+00:00",
              LastModifiedDate: "2024-11-27T15:02:57.100000+00:00",
              EstimatedNumberOfUsers: 12,
              Domain: "shop",
              LambdaConfig: {},
              Policies: { PasswordPolicy: { MinimumLength: 10, TemporaryPasswordValidityDays: 3 } },
              AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 3 },
              MfaConfiguration: "OPTIONAL",
              UsernameAttributes: ["email"],
              SchemaAttributes: [
                { ...attribute, Name: "sub", Mutable: false, Required: true },
                { Name: "email_verified", AttributeDataType: "Boolean", Mutable: true, Required: false },
                { ...attribute, Name: "email", Mutable: true, Required: true },
                {
                  ...attribute,
                  Name: "custom:tenant",
                  Mutable: false,
                  StringAttributeConstraints: { MinLength: "1", MaxLength: "64" },
                },
              ],
            },
            mfa: { SoftwareTokenMfaConfiguration: { Enabled: true }, MfaConfiguration: "OPTIONAL" },
            clients: [
              {
                UserPoolClient: {
                  UserPoolId,
                  ClientName: "web",
                  ClientId,
                  ClientSecret: "0123456789abcdefghijklmnop",
                  CreationDate: "2024-11-27T15:02:57.100000+00:00",
                  LastModifiedDate: "2024-11-27T15:02:57.100000+00:00",
                  ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
                },
              },
            ],
          },
        ],
      }),
    );
    const described = async (server: TestServer) => {
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      const sdk = new CognitoIdentityProviderClient({
        endpoint: server.url,
        region: "eu-west-1",
        credentials,
      });
      const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
      const { UserPoolClient } = await sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      const { $metadata: _, ...mfa } = await sdk.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
      return { UserPool, mfa, clients: [{ UserPoolClient }] };
    };
    const first = await described(await start());
    expect(first).toMatchObject({
      UserPool: {
        Name: "shop",
        Policies: { PasswordPolicy: { MinimumLength: 10, TemporaryPasswordValidityDays: 3 } },
        MfaConfiguration: "OPTIONAL",
        UsernameAttributes: ["email"],
      },
      mfa: { SoftwareTokenMfaConfiguration: { Enabled: true } },
      clients: [{ UserPoolClient: { ClientName: "web", ClientSecret: "0123456789abcdefghijklmnop" } }],
    });
    const custom = first.UserPool?.SchemaAttributes?.map(({ Name = "" }) => Name).filter((name) =>
      name.includes(":"),
    );
    expect(custom).toEqual(["custom:tenant"]);

    await writeFile(file, JSON.stringify({ pools: [first] }));
    const withoutDates = (pool: typeof first) =>
      JSON.parse(JSON.stringify(pool, (key, value) => (key.endsWith("Date") ? undefined : value)));
    expect(withoutDates(await described(await start()))).toEqual(withoutDates(first));
  });

  it("sets the second factors of a pool, and updates them after they were changed", async () => {
    const pool = (factors: string) => `pools: [{ name: x, id: us-east-1_Factors01, mfa: { ${factors} } }]`;
    const app = "SoftwareTokenMfaConfiguration: { Enabled: true }";
    const factors = async (server: TestServer) => {
      const answer = await server.cognito.send(
        new GetUserPoolMfaConfigCommand({ UserPoolId: "us-east-1_Factors01" }),
      );
      return [answer.MfaConfiguration, answer.SoftwareTokenMfaConfiguration?.Enabled];
    };
    const dataDir = join(folder, "data");

    await writeFile(file, pool(`MfaConfiguration: OPTIONAL, ${app}`));
    const first = await start(dataDir);
    expect(await factors(first)).toEqual(["OPTIONAL", true]);
    await first.stop();
    servers.splice(0);

    await writeFile(file, pool(`MfaConfiguration: ON, ${app}`));
    expect(await factors(await start(dataDir))).toEqual(["ON", true]);
  });

  it("creates resource servers and a domain before the clients that need them, and updates them after they were changed", async () => {
    const pool = (scopes: string, version: number) => `
pools:
  - name: api
    id: us-east-1_Machines1
    domain: { Domain: machines, ManagedLoginVersion: ${version} }
    resourceServers:
      - { Identifier: "https://api.example.com", Name: API, Scopes: [${scopes}] }
    clients:
      - name: worker
        id: worker00000000000000000001
        secret: 0123456789abcdefghijklmnop
        settings:
          AllowedOAuthFlowsUserPoolClient: true
          AllowedOAuthFlows: [client_credentials]
          AllowedOAuthScopes: ["https://api.example.com/read"]
`;
    const read = "{ ScopeName: read, ScopeDescription: Read orders }";
    const pooled = { UserPoolId: "us-east-1_Machines1" };
    const described = async ({ cognito }: TestServer) => {
      const { ResourceServers } = await cognito.send(
        new ListResourceServersCommand({ ...pooled, MaxResults: 10 }),
      );
      const { DomainDescription } = await cognito.send(
        new DescribeUserPoolDomainCommand({ Domain: "machines" }),
      );
      return [
        ResourceServers?.map(({ Scopes }) => Scopes?.map(({ ScopeName }) => ScopeName)),
        DomainDescription?.UserPoolId,
        DomainDescription?.ManagedLoginVersion,
      ];
    };
    const dataDir = join(folder, "data");

    await writeFile(file, pool(read, 1));
    const first = await start(dataDir);
    expect(await described(first)).toEqual([[["read"]], pooled.UserPoolId, 1]);
    const answer = await fetch(`${first.url}/oauth2/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa("worker00000000000000000001:0123456789abcdefghijklmnop")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
    });
    expect(answer.status).toBe(200);
    await first.stop();
    servers.splice(0);

    await writeFile(file, pool(`${read}, { ScopeName: write, ScopeDescription: Change orders }`, 2));
    expect(await described(await start(dataDir))).toEqual([[["read", "write"]], pooled.UserPoolId, 2]);
  });

  it("takes resource servers as they are described", async () => {
    await writeFile(
      file,
      JSON.stringify({
        pools: [
          {
            name: "copy",
            id: "us-east-1_Copied001",
            resourceServers: [
              {
                UserPoolId: "eu-west-1_Another01",
                Identifier: "orders",
                Name: "Orders",
                Scopes: [{ ScopeName: "read", ScopeDescription: "Read orders" }],
              },
            ],
          },
        ],
      }),
    );
    const { cognito } = await start();
    const { ResourceServers } = await cognito.send(
      new ListResourceServersCommand({ UserPoolId: "us-east-1_Copied001", MaxResults: 10 }),
    );
    expect(ResourceServers?.map(({ UserPoolId, Identifier }) => [UserPoolId, Identifier])).toEqual([
      ["us-east-1_Copied001", "orders"],
    ]);
  });

  it.each([
    ["pools: [{ nam: x }]", "pools.0"],
    [
      "pools: [{ name: x, resourceServers: [{ Identifier: a, Name: a, Scope: [] }] }]",
      "pools.0.resourceServers.0.Scope: CreateResourceServer does not know this member",
    ],
    [
      "pools: [{ name: x, resourceServers: [{ Name: a }] }]",
      "pools.0.resourceServers.0.Identifier: is missing",
    ],
    [
      "pools: [{ name: x, resourceServers: [{ Identifier: a, Name: a }, { Identifier: a, Name: b }] }]",
      "pools.0.resourceServers.1: another one has this name",
    ],
    [
      "pools: [{ name: x, domain: { Domain: UPPER } }]",
      "seed.yaml: pool x: domain UPPER: The domain name contains an invalid character.",
    ],
    [
      "pools: [{ name: x, domain: { Domain: same } }, { name: y, domain: { Domain: same } }]",
      "seed.yaml: pool y: domain same: Domain already associated with another user pool.",
    ],
    ["pools: [{ name: x, mfa: { Totp: ON } }]", "pools.0.mfa.Totp: SetUserPoolMfaConfig does not know"],
    ["pools: [{ name: x, mfa: { MfaConfiguration: ON } }]", "seed.yaml: pool x: mfa: "],
    [
      "pools: [{ name: x, settings: { MfaConfiguration: SOMETIMES } }]",
      "seed.yaml: pool x: 1 validation error",
    ],
    [
      "pools: [{ name: x, settings: { MfaConfig: ON } }]",
      "pools.0.settings.MfaConfig: CreateUserPool does not",
    ],
    [
      "pools: [{ name: x, settings: { Schema: [{ Nam: y }] } }]",
      "pools.0.settings.Schema.0.Nam: CreateUserPool does not know this member",
    ],
    [
      "pools: [{ name: x, clients: [{ name: c, settings: { CallbackUrls: [] } }] }]",
      "pools.0.clients.0.settings.CallbackUrls: CreateUserPoolClient does not know this member",
    ],
    ["pools:\n  - name: x\n  - id: us-east-1_a\n", "seed.yaml: line 3: pools.1.name: is missing"],
    [
      "pools:\n  - name: x\n    users:\n      - username: 7\n",
      "seed.yaml: line 4: pools.0.users.0.username: must be of type string, and is of type number",
    ],
    ["7", "seed.yaml: line 1: the file: must be of type object, and is of type number"],
    ["pools: [{ UserPool: { Name: x, Foo: 1 } }]", "pools.0.settings.Foo: CreateUserPool does not know this"],
    ["pools: [{ name: x, settings: {}, UserPool: {} }]", 'pools.0: Unrecognized key: "UserPool"'],
    ["pools: [{ name: x }, { name: x }]", "pools.1: another one is made with the same id"],
    [
      "pools: [{ name: x, groups: [{ name: g }, { name: g }] }]",
      "pools.0.groups.1: another one has this name",
    ],
    [
      "pools: [{ name: x, clients: [{ name: c }, { name: c }] }]",
      "pools.0.clients.1: another one is made with",
    ],
    [
      "pools: [{ name: x, users: [{ username: a, password: short }] }]",
      "seed.yaml: pool x: user a: Password did not conform",
    ],
    [
      "pools: [{ name: x, users: [{ username: a, groups: [g] }] }]",
      "pool x: user a: group g: Group not found.",
    ],
    ["iam: { users: [{ name: x, policies: [NoSuchPolicy] }] }", "seed.yaml: iam: Policy arn:"],
    ["pools: [", "neither YAML nor JSON"],
  ])("stops the start and shows the position of an error: %s", async (text, message) => {
    await writeFile(file, text);
    await expect(start()).rejects.toThrow(message);
  });
});
