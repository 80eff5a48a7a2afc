import { expect } from "vitest";
import { identityProviderMetadata, testKey } from "../../src/federation/saml/fixtures/identity-provider.ts";
import { type Answer, type Json, type RecordedAnswer, TEXT, TIME, UUID } from "./entry.ts";
import { PASSWORD, passwordSignIn, type World } from "./world.ts";

const ROLE = "arn:aws:iam::123456789012:role/CognitoCloudWatchLogsRole";

/** An import job with a file of these rows; the header has the columns that every pool has. */
async function jobWith(world: World, rows: readonly Readonly<Record<string, string>>[]): Promise<Answer> {
  const UserPoolId = await world.pool({ AutoVerifiedAttributes: ["email"] });
  const { UserImportJob } = await world.call("CreateUserImportJob", {
    UserPoolId,
    JobName: "MyImportJob",
    CloudWatchLogsRoleArn: ROLE,
  });
  const { CSVHeader } = await world.call("GetCSVHeader", { UserPoolId });
  const lines = rows.map((row) => CSVHeader.map((column: string) => row[column] ?? "").join(","));
  const uploaded = await fetch(UserImportJob.PreSignedUrl, {
    method: "PUT",
    headers: { "x-amz-server-side-encryption": "aws:kms" },
    body: [CSVHeader.join(","), ...lines, ""].join("\n"),
  });
  expect(uploaded.status).toBe(200);
  return UserImportJob;
}

const importedUser = (name: string) => ({
  "cognito:username": name,
  "cognito:mfa_enabled": "false",
  email: `${name}@example.com`,
  email_verified: "true",
  phone_number_verified: "false",
});

/** Waits for the end of a job, which another thread works on. */
async function ended(world: World, { UserPoolId, JobId }: Answer): Promise<void> {
  const describe = () => world.call("DescribeUserImportJob", { UserPoolId, JobId });
  await expect
    .poll(async () => (await describe()).UserImportJob.Status, { timeout: 20_000 })
    .toMatch(/Succeeded|Failed/);
}

const NOTICE = { HtmlBody: "<p>A sign-in</p>", Subject: "Sign-in attempt", TextBody: "A sign-in" };

const BRANDING_SETTINGS = {
  categories: {
    auth: {
      authMethodOrder: [
        [
          { display: "BUTTON", type: "FEDERATED" },
          { display: "INPUT", type: "USERNAME_PASSWORD" },
        ],
      ],
      federation: { interfaceStyle: "BUTTON_LIST", order: [] },
    },
    form: {
      displayGraphics: true,
      instructions: { enabled: false },
      languageSelector: { enabled: false },
      location: { horizontal: "CENTER", vertical: "CENTER" },
      sessionTimerDisplay: "NONE",
    },
    global: {
      colorSchemeMode: "LIGHT",
      pageFooter: { enabled: false },
      pageHeader: { enabled: false },
      spacingDensity: "REGULAR",
    },
  },
};

export const providersAndJobs: readonly RecordedAnswer[] = [
  {
    title: "a SAML provider with encrypted assertions and a signed request",
    origin: "CLI create-identity-provider",
    async *play(world) {
      const UserPoolId = await world.pool();
      const { certificate } = await testKey(Date.now());
      const details = {
        EncryptedResponses: "true",
        IDPInit: "true",
        IDPSignout: "true",
        MetadataFile: identityProviderMetadata([certificate]),
        RequestSigningAlgorithm: "rsa-sha256",
      };
      const input = {
        UserPoolId,
        ProviderName: "MySAML",
        ProviderType: "SAML",
        AttributeMapping: { email: "mail" },
        IdpIdentifiers: ["example.com", "another.example"],
      };
      yield [
        "CreateIdentityProvider",
        { ...input, ProviderDetails: details },
        {
          IdentityProvider: {
            ...input,
            CreationDate: TIME,
            LastModifiedDate: TIME,
            ProviderDetails: {
              ...details,
              ActiveEncryptionCertificate: TEXT,
              SLORedirectBindingURI: expect.stringMatching(/^https:/),
              SSORedirectBindingURI: expect.stringMatching(/^https:/),
            },
          },
        },
      ];
    },
  },
  {
    title: "a custom domain",
    origin: "CLI create-user-pool-domain, update-user-pool-domain",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      const Domain = `auth-${Date.now().toString(36)}.example.com`;
      const CustomDomainConfig = {
        CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
      };
      const CloudFrontDomain = expect.stringMatching(/^[a-z0-9]+\.cloudfront\.net$/);
      yield ["CreateUserPoolDomain", { UserPoolId, Domain, CustomDomainConfig }, { CloudFrontDomain }];
      yield [
        "UpdateUserPoolDomain",
        { UserPoolId, Domain, CustomDomainConfig, ManagedLoginVersion: 2 },
        { CloudFrontDomain, ManagedLoginVersion: 2 },
      ];
    },
  },
  {
    title: "a style of managed login with settings and an image",
    origin: "CLI update-managed-login-branding",
    async *play(world) {
      const UserPoolId = await world.pool({ UserPoolTier: "ESSENTIALS" });
      const { id: ClientId } = await world.client(UserPoolId);
      const { ManagedLoginBranding } = yield [
        "CreateManagedLoginBranding",
        { UserPoolId, ClientId, UseCognitoProvidedValues: true },
      ];
      const { ManagedLoginBrandingId } = ManagedLoginBranding;
      const Assets = [
        {
          Bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString("base64"),
          Category: "PAGE_FOOTER_BACKGROUND",
          ColorMode: "DARK",
          Extension: "SVG",
        },
      ];
      const values = { Assets, Settings: BRANDING_SETTINGS };
      yield [
        "UpdateManagedLoginBranding",
        { UserPoolId, ManagedLoginBrandingId, ...values },
        {
          ManagedLoginBranding: {
            ...values,
            CreationDate: TIME,
            LastModifiedDate: TIME,
            ManagedLoginBrandingId: UUID,
            UseCognitoProvidedValues: false,
            UserPoolId,
          },
        },
      ];
    },
  },
  {
    title: "the risk configuration of a client",
    origin: "CLI set-risk-configuration",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "PLUS",
        UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
      });
      const { id: ClientId } = await world.client(UserPoolId);
      const action = (EventAction: string) => ({ EventAction, Notify: true });
      const RiskConfiguration = {
        AccountTakeoverRiskConfiguration: {
          Actions: {
            HighAction: action("MFA_REQUIRED"),
            LowAction: action("NO_ACTION"),
            MediumAction: action("MFA_IF_CONFIGURED"),
          },
          NotifyConfiguration: {
            BlockEmail: NOTICE,
            From: "admin@example.com",
            MfaEmail: NOTICE,
            NoActionEmail: NOTICE,
            ReplyTo: "admin@example.com",
            SourceArn: "arn:aws:ses:us-west-2:123456789012:identity/admin@example.com",
          },
        },
        ClientId,
        CompromisedCredentialsRiskConfiguration: {
          Actions: { EventAction: "BLOCK" },
          EventFilter: ["PASSWORD_CHANGE", "SIGN_UP", "SIGN_IN"],
        },
        RiskExceptionConfiguration: {
          BlockedIPRangeList: ["192.0.2.1/32"],
          SkippedIPRangeList: ["203.0.113.1/32"],
        },
        UserPoolId,
      };
      yield ["SetRiskConfiguration", RiskConfiguration, { RiskConfiguration }];
      const described = yield ["DescribeRiskConfiguration", { UserPoolId, ClientId }];
      const { LastModifiedDate, ...rest } = described.RiskConfiguration;
      expect(rest).toEqual(RiskConfiguration);
      expect(LastModifiedDate).toEqual(TIME);
    },
  },
  {
    title: "an event of a user",
    origin: "CLI admin-list-user-auth-events",
    async *play(world) {
      const UserPoolId = await world.pool({
        UserPoolTier: "PLUS",
        UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
      });
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "diego");
      await world.call("InitiateAuth", passwordSignIn(id, "diego", PASSWORD));
      await world.call("InitiateAuth", passwordSignIn(id, "diego", PASSWORD));
      const answer = yield [
        "AdminListUserAuthEvents",
        { UserPoolId, Username: "diego", MaxResults: 1 },
        {
          AuthEvents: [
            {
              ChallengeResponses: [{ ChallengeName: "Password", ChallengeResponse: "Success" }],
              CreationDate: TIME,
              EventContextData: expect.objectContaining({ IpAddress: "127.0.0.1" }),
              EventId: UUID,
              EventResponse: "Pass",
              EventRisk: { CompromisedCredentialsDetected: false, RiskDecision: "NoRisk" },
              EventType: "SignIn",
            },
          ],
          NextToken: TEXT,
        },
      ];
      expect(answer.AuthEvents).toHaveLength(1);
    },
  },
  {
    title: "an import job that is started, and finished",
    origin: "CLI start-user-import-job, describe-user-import-job, list-user-import-jobs",
    async *play(world) {
      const job: Json = await jobWith(world, [importedUser("ann"), importedUser("ben")]);
      const { UserPoolId, JobId } = job;
      yield [
        "StartUserImportJob",
        { UserPoolId, JobId },
        { UserImportJob: { ...job, StartDate: TIME, Status: "Pending" } },
      ];
      await ended(world, job);
      const UserImportJob = {
        ...job,
        CompletionDate: TIME,
        CompletionMessage: "Import Job Completed Successfully.",
        ImportedUsers: 2,
        StartDate: TIME,
        Status: "Succeeded",
      };
      yield ["DescribeUserImportJob", { UserPoolId, JobId }, { UserImportJob }];
      yield ["ListUserImportJobs", { UserPoolId, MaxResults: 10 }, { UserImportJobs: [UserImportJob] }];
    },
  },
  {
    title: "an import job whose one row fails",
    origin: "CLI list-user-import-jobs",
    async *play(world) {
      const job: Json = await jobWith(world, [{ ...importedUser("ann"), email: "no address" }]);
      const { UserPoolId, JobId } = job;
      yield ["StartUserImportJob", { UserPoolId, JobId }];
      await ended(world, job);
      yield [
        "DescribeUserImportJob",
        { UserPoolId, JobId },
        {
          UserImportJob: {
            ...job,
            CompletionDate: TIME,
            CompletionMessage: "Too many users have failed or been skipped during the import.",
            FailedUsers: 1,
            StartDate: TIME,
            Status: "Failed",
          },
        },
      ];
    },
  },
  {
    title: "an import job that is stopped",
    origin: "CLI stop-user-import-job",
    async *play(world) {
      const rows = Array.from({ length: 2000 }, (_, index) => importedUser(`user-${index}`));
      const job: Json = await jobWith(world, rows);
      const { UserPoolId, JobId } = job;
      yield ["StartUserImportJob", { UserPoolId, JobId }];
      const { UserImportJob } = yield ["StopUserImportJob", { UserPoolId, JobId }];
      expect(UserImportJob).toMatchObject({
        CompletionDate: TIME,
        CompletionMessage: "The Import Job was stopped by the developer.",
        StartDate: TIME,
        Status: "Stopped",
      });
    },
  },
  {
    title: "a provisioned limit that is raised",
    origin: "API UpdateProvisionedLimit",
    async *play() {
      const LimitDefinition = { Attributes: { Category: "UserCreation" }, LimitClass: "API_CATEGORY" };
      const { Limit } = yield ["GetProvisionedLimit", { LimitDefinition }];
      const RequestedLimitValue = Limit.FreeLimitValue + 1;
      yield [
        "UpdateProvisionedLimit",
        { LimitDefinition, RequestedLimitValue },
        { Limit: { ...Limit, ProvisionedLimitValue: RequestedLimitValue } },
      ];
    },
  },
];
