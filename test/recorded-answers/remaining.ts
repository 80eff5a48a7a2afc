import { expect } from "vitest";
import { type RecordedAnswer, TEXT, TIME, UUID } from "./entry.ts";

export const remaining: readonly RecordedAnswer[] = [
  {
    title: "Facebook as an identity provider",
    origin: "CLI describe-identity-provider",
    async *play(world) {
      const UserPoolId = await world.pool();
      const provider = { UserPoolId, ProviderName: "Facebook", ProviderType: "Facebook" };
      const details = {
        authorize_scopes: "public_profile,email",
        client_id: "1example23456789",
        client_secret: "a-secret",
      };
      const IdentityProvider = {
        ...provider,
        AttributeMapping: { username: "id" },
        CreationDate: TIME,
        IdpIdentifiers: [],
        LastModifiedDate: TIME,
        ProviderDetails: {
          ...details,
          attributes_url: "https://graph.facebook.com/v17.0/me?fields=",
          attributes_url_add_attributes: "true",
          authorize_url: "https://www.facebook.com/v17.0/dialog/oauth",
          token_request_method: "GET",
          token_url: "https://graph.facebook.com/v17.0/oauth/access_token",
        },
      };
      yield ["CreateIdentityProvider", { ...provider, ProviderDetails: details }, { IdentityProvider }];
      yield ["DescribeIdentityProvider", { UserPoolId, ProviderName: "Facebook" }, { IdentityProvider }];
      yield [
        "ListIdentityProviders",
        { UserPoolId },
        {
          Providers: [
            {
              CreationDate: TIME,
              LastModifiedDate: TIME,
              ProviderName: "Facebook",
              ProviderType: "Facebook",
            },
          ],
        },
      ];
    },
  },
  {
    title: "an OIDC provider that is made with an issuer, by its identifier",
    origin: "a public log of 29 August 2026, CLI get-identity-provider-by-identifier",
    async *play(world) {
      const UserPoolId = await world.pool();
      const details = {
        attributes_request_method: "GET",
        authorize_scopes: "openid profile email",
        client_id: "cognito",
        client_secret: "a-secret",
        oidc_issuer: "https://login.example.com/tenant/v2.0",
      };
      const input = {
        UserPoolId,
        ProviderName: "Entra",
        ProviderType: "OIDC",
        AttributeMapping: { email: "email" },
        IdpIdentifiers: ["example.com"],
      };
      const IdentityProvider = {
        ...input,
        AttributeMapping: { email: "email", username: "sub" },
        CreationDate: TIME,
        LastModifiedDate: TIME,
        ProviderDetails: { ...details, attributes_url_add_attributes: "false" },
      };
      yield ["CreateIdentityProvider", { ...input, ProviderDetails: details }, { IdentityProvider }];
      yield [
        "GetIdentityProviderByIdentifier",
        { UserPoolId, IdpIdentifier: "example.com" },
        { IdentityProvider },
      ];
    },
  },
  {
    title: "resource servers",
    origin: "CLI create-resource-server, list-resource-servers",
    async *play(world) {
      const ResourceServer = {
        Identifier: "solar-system-data",
        Name: "Solar system object tracker",
        Scopes: [
          { ScopeDescription: "Read", ScopeName: "sunproximity.read" },
          { ScopeDescription: "Add", ScopeName: "asteroids.add" },
        ],
        UserPoolId: await world.pool(),
      };
      const { UserPoolId } = ResourceServer;
      yield ["CreateResourceServer", ResourceServer, { ResourceServer }];
      yield ["ListResourceServers", { UserPoolId }, { ResourceServers: [ResourceServer] }];
    },
  },
  {
    title: "a prefix domain",
    origin: "CLI create-user-pool-domain, describe-user-pool-domain, update-user-pool-domain",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      const Domain = `recorded-${Date.now().toString(36)}`;
      yield ["CreateUserPoolDomain", { UserPoolId, Domain }];
      yield [
        "DescribeUserPoolDomain",
        { Domain },
        {
          DomainDescription: {
            AWSAccountId: expect.stringMatching(/^\d{12}$/),
            CloudFrontDistribution: TEXT,
            CustomDomainConfig: {},
            Domain,
            ManagedLoginVersion: 1,
            S3Bucket: expect.stringMatching(/^aws-cognito-prod-[a-z]{3}-assets$/),
            Status: "ACTIVE",
            UserPoolId,
            Version: expect.stringMatching(/^\d{14}$/),
          },
        },
      ];
      yield [
        "UpdateUserPoolDomain",
        { UserPoolId, Domain, ManagedLoginVersion: 2 },
        { ManagedLoginVersion: 2 },
      ];
    },
  },
  {
    title: "clients and pools in lists have three and five members",
    origin: "CLI list-user-pool-clients, list-user-pools",
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = await world.client(UserPoolId);
      yield [
        "ListUserPoolClients",
        { UserPoolId, MaxResults: 1 },
        { UserPoolClients: [{ ClientId: client.id, ClientName: "default", UserPoolId }] },
      ];
      const { UserPools } = yield ["ListUserPools", { MaxResults: 60 }];
      expect(UserPools[0]).toEqual({
        CreationDate: TIME,
        Id: TEXT,
        LambdaConfig: {},
        LastModifiedDate: TIME,
        Name: "p",
      });
    },
  },
  {
    title: "a signing certificate",
    origin: "CLI get-signing-certificate",
    async *play(world) {
      yield [
        "GetSigningCertificate",
        { UserPoolId: await world.pool() },
        { Certificate: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) },
      ];
    },
  },
  {
    title: "tags of a pool",
    origin: "CLI list-tags-for-resource",
    async *play(world) {
      const { UserPool } = await world.call("CreateUserPool", {
        PoolName: "p",
        UserPoolTags: { administrator: "Jie", tenant: "ExampleCorp" },
      });
      yield [
        "ListTagsForResource",
        { ResourceArn: UserPool.Arn },
        { Tags: { administrator: "Jie", tenant: "ExampleCorp" } },
      ];
    },
  },
  {
    title: "terms of a client",
    origin: "API CreateTerms, DescribeTerms, DescribeTermsByClient",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      const { id: ClientId } = await world.client(UserPoolId);
      const input = {
        ClientId,
        Enforcement: "NONE",
        Links: {
          "cognito:default": "https://example.com/privacy/",
          "cognito:french": "https://example.com/fr/privacy/",
        },
        TermsName: "privacy-policy",
        TermsSource: "LINK",
        UserPoolId,
      };
      const answer = { Terms: { ...input, CreationDate: TIME, LastModifiedDate: TIME, TermsId: UUID } };
      const { Terms } = yield ["CreateTerms", input, answer];
      yield ["DescribeTerms", { UserPoolId, TermsId: Terms.TermsId }, { Terms }];
      yield ["DescribeTermsByClient", { UserPoolId, ClientId, TermsName: "privacy-policy" }, { Terms }];
    },
  },
  {
    title: "UI customization of a client",
    origin: "CLI set-ui-customization",
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id: ClientId } = await world.client(UserPoolId);
      yield ["CreateUserPoolDomain", { UserPoolId, Domain: `ui-${Date.now().toString(36)}` }];
      const CSS = ".logo-customizable { max-width: 60%; } .submitButton-customizable:hover { color: #fff; }";
      const UICustomization = {
        CSS,
        CSSVersion: expect.stringMatching(/^\d{14}$/),
        ClientId,
        CreationDate: TIME,
        LastModifiedDate: TIME,
        UserPoolId,
      };
      yield ["SetUICustomization", { UserPoolId, ClientId, CSS }, { UICustomization }];
      yield ["GetUICustomization", { UserPoolId, ClientId }, { UICustomization }];
    },
  },
  {
    title: "log delivery",
    origin: "CLI set-log-delivery-configuration, get-log-delivery-configuration",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "PLUS" });
      const LogDeliveryConfiguration = {
        LogConfigurations: [
          {
            CloudWatchLogsConfiguration: {
              LogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:cognito-exported",
            },
            EventSource: "userNotification",
            LogLevel: "ERROR",
          },
          {
            EventSource: "userAuthEvents",
            LogLevel: "INFO",
            S3Configuration: { BucketArn: "arn:aws:s3:::amzn-s3-demo-bucket1" },
          },
        ],
        UserPoolId,
      };
      yield ["SetLogDeliveryConfiguration", LogDeliveryConfiguration, { LogDeliveryConfiguration }];
      yield ["GetLogDeliveryConfiguration", { UserPoolId }, { LogDeliveryConfiguration }];
    },
  },
  {
    title: "the header of a CSV file",
    origin: "CLI get-csv-header",
    async *play(world) {
      const UserPoolId = await world.pool();
      yield [
        "GetCSVHeader",
        { UserPoolId },
        {
          CSVHeader:
            "name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at cognito:mfa_enabled cognito:username".split(
              " ",
            ),
          UserPoolId,
        },
      ];
    },
  },
  {
    title: "an import job that is made and not started",
    origin: "CLI create-user-import-job",
    async *play(world) {
      const UserPoolId = await world.pool({ AutoVerifiedAttributes: ["email"] });
      const CloudWatchLogsRoleArn = "arn:aws:iam::123456789012:role/CognitoCloudWatchLogsRole";
      yield [
        "CreateUserImportJob",
        { UserPoolId, JobName: "MyImportJob", CloudWatchLogsRoleArn },
        {
          UserImportJob: {
            CloudWatchLogsRoleArn,
            CreationDate: TIME,
            FailedUsers: 0,
            ImportedUsers: 0,
            JobId: expect.stringMatching(/^import-[0-9A-Za-z-]+$/),
            JobName: "MyImportJob",
            PreSignedUrl: TEXT,
            SkippedUsers: 0,
            Status: "Created",
            UserPoolId,
          },
        },
      ];
    },
  },
  {
    title: "a replica, from its creation to its end",
    origin: "API CreateUserPoolReplica, ListUserPoolReplicas",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "ESSENTIALS",
        IssuerConfiguration: { Type: "UPDATED" },
        KeyConfiguration: {
          KeyType: "CUSTOMER_MANAGED_KEY",
          KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        },
      });
      const secondary = {
        RegionName: "us-west-2",
        Role: "SECONDARY",
        UserPoolArn: `arn:aws:cognito-idp:us-west-2:123456789012:userpool/${UserPoolId}`,
      };
      const target = { UserPoolId, RegionName: "us-west-2" };
      yield ["CreateUserPoolReplica", target, { UserPoolReplica: { ...secondary, Status: "CREATING" } }];
      yield [
        "UpdateUserPoolReplica",
        { ...target, Status: "ACTIVE" },
        { UserPoolReplica: { ...secondary, Status: "ACTIVE" } },
      ];
      const { UserPoolReplicas } = yield ["ListUserPoolReplicas", { UserPoolId }];
      expect(UserPoolReplicas).toEqual([
        {
          RegionName: "us-east-1",
          Role: "PRIMARY",
          Status: "ACTIVE",
          UserPoolArn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPoolId}`,
        },
        { ...secondary, Status: "ACTIVE" },
      ]);
    },
  },
  {
    title: "a provisioned limit",
    origin: "API GetProvisionedLimit",
    async *play() {
      const LimitDefinition = {
        Attributes: { Category: "UserAuthentication" },
        LimitClass: "API_CATEGORY",
      };
      yield [
        "GetProvisionedLimit",
        { LimitDefinition },
        { Limit: { FreeLimitValue: 120, LimitDefinition, ProvisionedLimitValue: 120 } },
      ];
    },
  },
  {
    title: "a token for a client itself",
    origin: "API GetClientToken",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      yield [
        "CreateResourceServer",
        {
          UserPoolId,
          Identifier: "solar-system-data",
          Name: "tracker",
          Scopes: [{ ScopeName: "asteroids.add", ScopeDescription: "Add" }],
        },
      ];
      const { id: ClientId, secret: Secret } = await world.client(UserPoolId, {
        GenerateSecret: true,
        ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH"],
        AllowedOAuthScopes: ["solar-system-data/asteroids.add"],
      });
      yield [
        "GetClientToken",
        { ClientId, Secret },
        { ClientAuthenticationResult: { AccessToken: TEXT, ExpiresIn: 3600, TokenType: "Bearer" } },
      ];
    },
  },
];
