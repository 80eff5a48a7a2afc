/**
 * The requests of Terraform's AWS provider (5.100) for resources of user pools, in its order. A plan has no differences if what the
 * provider reads after creating and updating is what was configured. After deletion it takes ResourceNotFoundException, or an
 * answer without content, for "not found".
 */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  CreateResourceServerCommand,
  CreateUserPoolDomainCommand,
  DeleteIdentityProviderCommand,
  DeleteManagedLoginBrandingCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
  DescribeManagedLoginBrandingByClientCommand,
  DescribeManagedLoginBrandingCommand,
  DescribeResourceServerCommand,
  DescribeRiskConfigurationCommand,
  DescribeUserPoolDomainCommand,
  GetLogDeliveryConfigurationCommand,
  GetUICustomizationCommand,
  ListUserPoolClientsCommand,
  type LogConfigurationType,
  type RiskConfigurationType,
  SetLogDeliveryConfigurationCommand,
  SetRiskConfigurationCommand,
  SetUICustomizationCommand,
  UpdateIdentityProviderCommand,
  UpdateManagedLoginBrandingCommand,
  UpdateResourceServerCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let send: TestServer["cognito"]["send"];
let UserPoolId: string;
let ClientId: string;
beforeAll(async () => {
  server = await startTestServer();
  send = server.cognito.send.bind(server.cognito) as typeof send;
  ({ poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(server.cognito, {
    UserPoolTier: "PLUS",
    UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
  }));
});
afterAll(() => server.stop());

const notFound = { name: "ResourceNotFoundException" };

describe("aws_cognito_identity_provider", () => {
  const ProviderDetails = {
    client_id: "shop",
    client_secret: "secret",
    attributes_request_method: "GET",
    oidc_issuer: "https://idp.example.com",
    authorize_scopes: "openid email",
    authorize_url: "https://idp.example.com/authorize",
    token_url: "https://idp.example.com/token",
    attributes_url: "https://idp.example.com/userinfo",
    jwks_uri: "https://idp.example.com/keys",
    attributes_url_add_attributes: "false",
  };

  it("reads back the configured values, updates only changed ones, and is not found after deletion", async () => {
    const key = { UserPoolId, ProviderName: "Corporate" };
    const read = async () => (await send(new DescribeIdentityProviderCommand(key))).IdentityProvider;
    const AttributeMapping = { email: "email", username: "sub" };
    await send(
      new CreateIdentityProviderCommand({
        ...key,
        ProviderType: "OIDC",
        ProviderDetails,
        AttributeMapping,
        IdpIdentifiers: ["example.com"],
      }),
    );
    const configured = { ...key, ProviderType: "OIDC", ProviderDetails, AttributeMapping };
    expect(await read()).toMatchObject({ ...configured, IdpIdentifiers: ["example.com"] });
    expect((await read())?.ProviderDetails).toEqual(ProviderDetails);

    const changed = { ...AttributeMapping, name: "name" };
    await send(new UpdateIdentityProviderCommand({ ...key, AttributeMapping: changed }));
    const after = await read();
    expect(after?.AttributeMapping).toEqual(changed);
    expect(after?.ProviderDetails).toEqual(ProviderDetails);
    expect(after?.IdpIdentifiers).toEqual(["example.com"]);

    await send(new UpdateIdentityProviderCommand({ ...key, IdpIdentifiers: [] }));
    expect((await read())?.IdpIdentifiers ?? []).toEqual([]);
    await send(new DeleteIdentityProviderCommand(key));
    await expect(read()).rejects.toMatchObject(notFound);
    await expect(send(new DeleteIdentityProviderCommand(key))).rejects.toMatchObject(notFound);
  });
});

describe("aws_cognito_resource_server", () => {
  it("reads back its scopes, loses them by an update, and is not found after deletion", async () => {
    const key = { UserPoolId, Identifier: "https://orders.example.com" };
    const read = async () => (await send(new DescribeResourceServerCommand(key))).ResourceServer;
    const Scopes = [
      { ScopeName: "write", ScopeDescription: "Write orders" },
      { ScopeName: "read", ScopeDescription: "Read orders" },
    ];
    await send(new CreateResourceServerCommand({ ...key, Name: "orders", Scopes }));
    const created = await read();
    expect(created).toMatchObject({ ...key, Name: "orders" });
    expect(created?.Scopes).toHaveLength(2);
    expect(created?.Scopes).toEqual(expect.arrayContaining(Scopes));
    await send(new UpdateResourceServerCommand({ ...key, Name: "Orders", Scopes: [] }));
    const updated = await read();
    expect(updated?.Name).toBe("Orders");
    expect(updated?.Scopes ?? []).toEqual([]);
    await send(new DeleteResourceServerCommand(key));
    await expect(read()).rejects.toMatchObject(notFound);
  });
});

describe("aws_cognito_user_pool_domain", () => {
  it("becomes ACTIVE, and has no status after deletion", async () => {
    const Domain = "terraform-requests";
    const read = async () => (await send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription;
    await send(new CreateUserPoolDomainCommand({ Domain, UserPoolId }));
    expect(await read()).toMatchObject({
      Domain,
      UserPoolId,
      Status: "ACTIVE",
      AWSAccountId: expect.any(String),
      CloudFrontDistribution: expect.any(String),
      S3Bucket: expect.any(String),
      Version: expect.any(String),
    });
    // The provider reads a certificate from there.
    expect((await read())?.CustomDomainConfig?.CertificateArn).toBeUndefined();
    await send(new DeleteUserPoolDomainCommand({ Domain, UserPoolId }));
    expect(await read()).toEqual({});
  });
});

describe("aws_cognito_user_pool_ui_customization", () => {
  it.each([
    ["of a client", () => ClientId],
    ["of all clients", () => "ALL"],
  ])("%s reads back its CSS, and gets an empty answer after deletion", async (_which, clientId) => {
    const Domain = "terraform-styles";
    await send(new CreateUserPoolDomainCommand({ Domain, UserPoolId }));
    try {
      const key = { UserPoolId, ClientId: clientId() };
      const read = async () => (await send(new GetUICustomizationCommand(key))).UICustomization;
      const CSS = ".label-customizable {font-weight: 400;}";
      await send(new SetUICustomizationCommand({ ...key, CSS }));
      expect(await read()).toMatchObject({
        ...key,
        CSS,
        CSSVersion: expect.any(String),
        CreationDate: expect.any(Date),
        LastModifiedDate: expect.any(Date),
      });
      await send(new SetUICustomizationCommand(key));
      expect(await read()).toEqual({});
    } finally {
      await send(new DeleteUserPoolDomainCommand({ Domain, UserPoolId }));
    }
  });
});

describe("aws_cognito_managed_login_branding", () => {
  /** As the provider finds the client of a branding that is imported. */
  async function clientOf(brandingId: string) {
    const found: (string | undefined)[] = [];
    const { UserPoolClients = [] } = await send(new ListUserPoolClientsCommand({ UserPoolId }));
    for (const client of UserPoolClients) {
      const query = { UserPoolId, ClientId: client.ClientId };
      const answer = await send(new DescribeManagedLoginBrandingByClientCommand(query)).catch((error) => {
        expect(error).toMatchObject(notFound);
      });
      if (answer?.ManagedLoginBranding?.ManagedLoginBrandingId === brandingId) found.push(client.ClientId);
    }
    return found;
  }

  it("reads back its settings alone or merged with the default ones, and is not found after deletion", async () => {
    const created = await send(
      new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, UseCognitoProvidedValues: true }),
    );
    const ManagedLoginBrandingId = created.ManagedLoginBranding?.ManagedLoginBrandingId ?? "";
    const key = { UserPoolId, ManagedLoginBrandingId };
    const read = async (ReturnMergedResources?: true) =>
      (
        await send(
          new DescribeManagedLoginBrandingCommand({
            ...key,
            ...(ReturnMergedResources && { ReturnMergedResources }),
          }),
        )
      ).ManagedLoginBranding;
    expect(await read()).toMatchObject({ ...key, UseCognitoProvidedValues: true });
    expect((await read())?.Settings).toBeUndefined();
    expect((await read())?.Assets ?? []).toEqual([]);
    expect((await read(true))?.Settings).toMatchObject({ components: expect.any(Object) });
    expect(await clientOf(ManagedLoginBrandingId)).toEqual([ClientId]);

    const Settings = { categories: { global: { colorSchemeMode: "DARK" } } };
    await send(new UpdateManagedLoginBrandingCommand({ ...key, Settings, UseCognitoProvidedValues: false }));
    expect(await read()).toMatchObject({ ...key, UseCognitoProvidedValues: false });
    expect((await read())?.Settings).toEqual(Settings);
    expect((await read(true))?.Settings).toMatchObject({ ...Settings, components: expect.any(Object) });
    await send(new DeleteManagedLoginBrandingCommand(key));
    await expect(read()).rejects.toMatchObject(notFound);
  });
});

describe("aws_cognito_user_in_group", () => {
  it("finds the group among those of the user, until the user is removed", async () => {
    const user = { UserPoolId, Username: "jane" };
    const GroupName = "admins";
    const isFound = async () =>
      (await send(new AdminListGroupsForUserCommand(user))).Groups?.some(
        (group) => group.GroupName === GroupName,
      );
    await send(new CreateGroupCommand({ UserPoolId, GroupName }));
    await send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
    await send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
    expect(await isFound()).toBe(true);
    await send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName }));
    expect(await isFound()).toBe(false);
  });
});

describe("aws_cognito_risk_configuration", () => {
  const email = { Subject: "Sign-in", HtmlBody: "<b>Sign-in</b>", TextBody: "Sign-in" };
  const ofPool = {
    AccountTakeoverRiskConfiguration: {
      Actions: {
        LowAction: { EventAction: "NO_ACTION", Notify: false },
        MediumAction: { EventAction: "MFA_IF_CONFIGURED", Notify: true },
        HighAction: { EventAction: "BLOCK", Notify: true },
      },
      NotifyConfiguration: {
        From: "security@example.com",
        ReplyTo: "help@example.com",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
        BlockEmail: email,
        MfaEmail: email,
        NoActionEmail: email,
      },
    },
    CompromisedCredentialsRiskConfiguration: {
      EventFilter: ["SIGN_IN", "PASSWORD_CHANGE"],
      Actions: { EventAction: "BLOCK" },
    },
  } satisfies RiskConfigurationType;
  const ofClient = {
    RiskExceptionConfiguration: {
      BlockedIPRangeList: ["198.51.100.0/24"],
      SkippedIPRangeList: ["203.0.113.10/32"],
    },
  } satisfies RiskConfigurationType;

  it.each([
    ["of a pool", () => ({ UserPoolId }), ofPool],
    ["of a client", () => ({ UserPoolId, ClientId }), ofClient],
  ] as const)(
    "%s reads back the configured values alone, and none after deletion",
    async (_of, keyOf, set) => {
      const key = keyOf();
      const read = async () => {
        const { RiskConfiguration } = await send(new DescribeRiskConfigurationCommand(key));
        const { UserPoolId: _, ClientId: __, LastModifiedDate: ___, ...parts } = RiskConfiguration ?? {};
        return parts;
      };
      await send(new SetRiskConfigurationCommand({ ...key, ...set }));
      expect(await read()).toEqual(set);
      // A block that is taken out of the configuration is not sent.
      const { RiskExceptionConfiguration } = ofClient;
      await send(new SetRiskConfigurationCommand({ ...key, RiskExceptionConfiguration }));
      expect(await read()).toEqual({ RiskExceptionConfiguration });
      await send(new SetRiskConfigurationCommand(key));
      expect(await read()).toEqual({});
    },
  );

  it("is not found in a deleted pool", async () => {
    const query = new DescribeRiskConfigurationCommand({ UserPoolId: "us-east-1_Gone00000" });
    await expect(send(query)).rejects.toMatchObject(notFound);
  });
});

describe("aws_cognito_log_delivery_configuration", () => {
  const group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/cognito/errors";
  const stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/events";
  const LogConfigurations: LogConfigurationType[] = [
    {
      EventSource: "userNotification",
      LogLevel: "ERROR",
      CloudWatchLogsConfiguration: { LogGroupArn: group },
    },
    { EventSource: "userAuthEvents", LogLevel: "INFO", FirehoseConfiguration: { StreamArn: stream } },
  ];

  // Blocks of the resource are a list: another order would be a difference.
  it.each([
    ["in their order", LogConfigurations],
    ["in the reverse order", LogConfigurations.toReversed()],
  ])("reads back its configurations %s, and none after deletion", async (_order, given) => {
    const read = async () =>
      (await send(new GetLogDeliveryConfigurationCommand({ UserPoolId }))).LogDeliveryConfiguration;
    const set = (configurations: LogConfigurationType[]) =>
      send(new SetLogDeliveryConfigurationCommand({ UserPoolId, LogConfigurations: configurations }));
    const answer = await set(given);
    expect(answer.LogDeliveryConfiguration).toEqual({ UserPoolId, LogConfigurations: given });
    expect(await read()).toEqual({ UserPoolId, LogConfigurations: given });
    await set([]);
    expect(await read()).toEqual({ UserPoolId, LogConfigurations: [] });
  });
});
