/** Requests that change the same configuration at once: none takes the place of another that was answered with success. */
import {
  AddCustomAttributesCommand,
  AddUserPoolClientSecretCommand,
  type CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  CreateTermsCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolClientCommand,
  DescribeUserPoolCommand,
  SetUserPoolClientSessionConfigurationCommand,
  SetUserPoolMfaConfigCommand,
  SetUserPoolSessionConfigurationCommand,
  TagResourceCommand,
  UpdateIdentityProviderCommand,
  UpdateManagedLoginBrandingCommand,
  UpdateTermsCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "../support/database.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

const REQUESTS = 8;

/** Makes what the operation changes. @returns the call, told apart by a number */
type Preparation = (
  cognito: CognitoIdentityProviderClient,
  ids: { UserPoolId: string; ClientId: string },
) => Promise<(number: number) => Promise<unknown>>;

const details = { client_id: "id", client_secret: "secret", authorize_scopes: "profile" };

const operations: Readonly<Record<string, Preparation>> = {
  UpdateUserPool: async (cognito, { UserPoolId }) => {
    return (number) =>
      cognito.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags: { number: String(number) } }));
  },
  SetUserPoolMfaConfig: async (cognito, { UserPoolId }) => {
    return (number) =>
      cognito.send(
        new SetUserPoolMfaConfigCommand({
          UserPoolId,
          WebAuthnConfiguration: { RelyingPartyId: `host${number}.example.com` },
        }),
      );
  },
  UpdateUserPoolClient: async (cognito, ids) => {
    return (number) =>
      cognito.send(new UpdateUserPoolClientCommand({ ...ids, AccessTokenValidity: number + 1 }));
  },
  SetUserPoolSessionConfiguration: async (cognito, { UserPoolId }) => {
    return (number) =>
      cognito.send(
        new SetUserPoolSessionConfigurationCommand({
          UserPoolId,
          UserSessionTracking: "ENABLED",
          TokenSession: { MaxPerUser: number + 1 },
        }),
      );
  },
  SetUserPoolClientSessionConfiguration: async (cognito, ids) => {
    await cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId: ids.UserPoolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 5 },
      }),
    );
    return (number) =>
      cognito.send(
        new SetUserPoolClientSessionConfigurationCommand({
          ...ids,
          SSOSession: { MaxValidityMinutes: number },
        }),
      );
  },
  UpdateUserPoolDomain: async (cognito, { UserPoolId }) => {
    const Domain = `${UserPoolId.split("_")[1]?.toLowerCase()}.example.com`;
    const certificate = (number: number) => ({
      CertificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${number}`,
    });
    await cognito.send(
      new CreateUserPoolDomainCommand({ UserPoolId, Domain, CustomDomainConfig: certificate(9) }),
    );
    return (number) =>
      cognito.send(
        new UpdateUserPoolDomainCommand({ UserPoolId, Domain, CustomDomainConfig: certificate(number) }),
      );
  },
  UpdateIdentityProvider: async (cognito, { UserPoolId }) => {
    const ProviderName = "Google";
    await cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName,
        ProviderType: ProviderName,
        ProviderDetails: details,
      }),
    );
    return (number) =>
      cognito.send(
        new UpdateIdentityProviderCommand({
          UserPoolId,
          ProviderName,
          ProviderDetails: { ...details, client_id: `id${number}` },
        }),
      );
  },
  UpdateTerms: async (cognito, ids) => {
    const { Terms } = await cognito.send(
      new CreateTermsCommand({
        ...ids,
        TermsName: "terms-of-use",
        TermsSource: "LINK",
        Enforcement: "NONE",
        Links: { "cognito:default": "https://example.com/terms" },
      }),
    );
    return (number) =>
      cognito.send(
        new UpdateTermsCommand({
          UserPoolId: ids.UserPoolId,
          TermsId: Terms?.TermsId,
          Links: { "cognito:default": `https://example.com/${number}` },
        }),
      );
  },
  UpdateManagedLoginBranding: async (cognito, ids) => {
    const { ManagedLoginBranding } = await cognito.send(
      new CreateManagedLoginBrandingCommand({ ...ids, UseCognitoProvidedValues: true }),
    );
    return (number) =>
      cognito.send(
        new UpdateManagedLoginBrandingCommand({
          UserPoolId: ids.UserPoolId,
          ManagedLoginBrandingId: ManagedLoginBranding?.ManagedLoginBrandingId,
          Settings: {
            components: {
              primaryButton: { lightMode: { defaults: { backgroundColor: `00000${number}ff` } } },
            },
          },
        }),
      );
  },
  DeleteUserPoolClient: async (cognito, ids) => {
    return (number) =>
      number === 0
        ? cognito.send(new DeleteUserPoolClientCommand(ids))
        : cognito.send(new UpdateUserPoolClientCommand({ ...ids, AccessTokenValidity: number + 1 }));
  },
};

describe.each([
  ["SQLite", async () => ({})],
  ["Postgres", async () => ({ databaseUrl: await createDatabase() })],
] as const)("parallel requests on %s", (_, settings) => {
  let server: TestServer;
  let cognito: CognitoIdentityProviderClient;
  beforeAll(async () => {
    server = await startTestServer(await settings());
    cognito = server.cognito;
  });
  afterAll(() => server?.stop());

  const newPool = async () => {
    const { poolId, clientId } = await createPoolAndClient(cognito, {}, { GenerateSecret: true });
    return { UserPoolId: poolId, ClientId: clientId };
  };
  const atOnce = async (call: (number: number) => Promise<unknown>) => {
    const calls = Array.from({ length: REQUESTS }, (_value, number) => call(number));
    const settled = await Promise.allSettled(calls);
    return settled.map((one) => (one.status === "fulfilled" ? "ok" : one.reason.name));
  };

  it.each(Object.entries(operations))(
    "to %s succeed or get ConcurrentModificationException",
    async (name, prepare) => {
      const call = await prepare(cognito, await newPool());
      const outcomes = new Set<string>();
      // Requests may just miss each other.
      for (let round = 0; round < 20 && !outcomes.has("ConcurrentModificationException"); round++) {
        for (const outcome of await atOnce(call)) outcomes.add(outcome);
        if (name === "DeleteUserPoolClient") break;
      }
      outcomes.delete("ok");
      if (name === "DeleteUserPoolClient") outcomes.delete("ResourceNotFoundException");
      else expect(outcomes.size).toBe(1);
      outcomes.delete("ConcurrentModificationException");
      expect([...outcomes]).toEqual([]);
    },
  );

  it.each([
    ["UpdateUserPool", "this UserPool"],
    ["UpdateUserPoolClient", "user pool client"],
  ])("to %s get Cognito's error text, which names the resource", async (name, resource) => {
    const call = await operations[name]?.(cognito, await newPool());
    let message: string | undefined;
    while (message === undefined) {
      const settled = await Promise.allSettled([0, 1, 2, 3].map((number) => call?.(number)));
      message = settled.find((one) => one.status === "rejected")?.reason.message;
    }
    expect(message).toBe(`Only one request to update ${resource} can be processed at a time.`);
  });

  it("that each add something to one pool keep all additions", async () => {
    const { UserPoolId } = await newPool();
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    const ResourceArn = UserPool?.Arn;
    const added = await atOnce((number) =>
      number % 2 === 0
        ? cognito.send(new TagResourceCommand({ ResourceArn, Tags: { [`tag${number}`]: "x" } }))
        : cognito.send(
            new AddCustomAttributesCommand({
              UserPoolId,
              CustomAttributes: [{ Name: `plan${number}`, AttributeDataType: "String" }],
            }),
          ),
    );
    expect(new Set(added)).toEqual(new Set(["ok"]));
    const { UserPool: changed } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(Object.keys(changed?.UserPoolTags ?? {}).sort()).toEqual(["tag0", "tag2", "tag4", "tag6"]);
    const custom = changed?.SchemaAttributes?.map(({ Name }) => Name).filter((name) =>
      name?.startsWith("custom:"),
    );
    expect(custom?.sort()).toEqual(["custom:plan1", "custom:plan3", "custom:plan5", "custom:plan7"]);
  });

  it("of two kinds on one pool store the settings of the last one that succeeded", async () => {
    const { UserPoolId } = await newPool();
    const wrote = await atOnce((number) =>
      number % 2 === 0
        ? cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: "ACTIVE" }))
        : cognito.send(
            new SetUserPoolMfaConfigCommand({
              UserPoolId,
              MfaConfiguration: "OPTIONAL",
              SoftwareTokenMfaConfiguration: { Enabled: true },
            }),
          ),
    );
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    const has = (parity: number) => wrote.some((name, number) => number % 2 === parity && name === "ok");
    expect(UserPool?.DeletionProtection === "ACTIVE").toBe(has(0));
    expect(UserPool?.MfaConfiguration === "OPTIONAL").toBe(has(1));
  });

  it("never give a client more than two secrets", async () => {
    const ids = await newPool();
    const added = await atOnce(() => cognito.send(new AddUserPoolClientSecretCommand(ids)));
    expect(added.toSorted()).toEqual([...Array(REQUESTS - 1).fill("LimitExceededException"), "ok"]);
  });
});
