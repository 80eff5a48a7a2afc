import { describe, expect, it } from "vitest";
import {
  FeatureUnavailableInTierException,
  InvalidOAuthFlowException,
  InvalidParameterException,
  ScopeDoesNotExistException,
  type UpdateUserPoolClientRequest,
} from "../../api-model/index.ts";
import type { UserPoolRecord, UserPoolSettings } from "../../storage/index.ts";
import { buildSchema } from "../attributes/index.ts";
import { type ClientCircumstances, checkClientSettings } from "./check-settings.ts";
import { clientSettings } from "./settings.ts";

type Input = Omit<UpdateUserPoolClientRequest, "UserPoolId" | "ClientId">;

function poolWith(settings: UserPoolSettings): UserPoolRecord {
  return { id: "us-east-1_abcdefghi", name: "pool", settings, createdAt: 0, lastModifiedAt: 0 };
}

const pool = poolWith({
  SchemaAttributes: buildSchema([
    { Name: "email", Required: true },
    { Name: "plan", AttributeDataType: "String" },
    { Name: "inner", AttributeDataType: "String", DeveloperOnlyAttribute: true },
  ]),
});

function check(input: Input, circumstances: Partial<ClientCircumstances> = {}) {
  const settings = clientSettings(input, { accountId: "123456789012" });
  checkClientSettings(settings, {
    pool,
    hasSecret: true,
    doing: "creating",
    customScopes: new Set(["files/read"]),
    providers: new Set(["COGNITO", "Google"]),
    otherThanSaml: new Set(["COGNITO", "Google"]),
    unrequested: new Set<string>(),
    ...circumstances,
  });
  return settings;
}

describe("the settings of a client with only a name", () => {
  it("are Cognito's defaults, without members that Cognito omits", () => {
    expect(check({})).toStrictEqual({
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
  });
});

describe("the providers of a client", () => {
  const saml = {
    providers: new Set(["COGNITO", "Google", "Corp", "Portal"]),
    unrequested: new Set(["Portal"]),
  };

  it.each(["COGNITO", "Google"])(
    "do not include %s together with a provider with IdP-initiated sign-in",
    (other) => {
      expect(() => check({ SupportedIdentityProviders: ["Portal", other] }, saml)).toThrow(
        `The provider Portal accepts IdP-initiated SAML sign-in, so an app client with it can have SAML providers only, not ${other}.`,
      );
    },
  );

  it("can include SAML providers together with one with IdP-initiated sign-in", () => {
    const given = { SupportedIdentityProviders: ["Portal", "Corp"] };
    expect(check(given, saml).SupportedIdentityProviders).toEqual(["Portal", "Corp"]);
  });
});

describe("settings read back", () => {
  it("have all three units after one is set", () => {
    expect(check({ TokenValidityUnits: { AccessToken: "minutes" } }).TokenValidityUnits).toEqual({
      AccessToken: "minutes",
      IdToken: "hours",
      RefreshToken: "days",
    });
    expect(check({ TokenValidityUnits: {} }).TokenValidityUnits).toEqual({});
  });

  it("have Cognito's own role beside the ARN of an analytics application, which can be sent back", () => {
    const ApplicationArn = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/id";
    const RoleArn =
      "arn:aws:iam::123456789012:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp";
    const kept = { ApplicationArn, RoleArn, UserDataShared: false };
    expect(check({ AnalyticsConfiguration: { ApplicationArn } }).AnalyticsConfiguration).toEqual(kept);
    const sentBack = { AnalyticsConfiguration: { ...kept, UserDataShared: true } };
    expect(check(sentBack).AnalyticsConfiguration).toEqual({ ...kept, UserDataShared: true });
  });

  it("have the role of the request beside the id of an analytics application", () => {
    const byId = {
      ApplicationId: "id",
      RoleArn: "arn:aws:iam::123456789012:role/analytics",
      ExternalId: "x",
    };
    expect(check({ AnalyticsConfiguration: byId }).AnalyticsConfiguration).toEqual({
      ...byId,
      UserDataShared: false,
    });
  });

  it("have 30 days for a refresh token validity of 0", () => {
    expect(check({ RefreshTokenValidity: 0 }).RefreshTokenValidity).toBe(30);
  });

  it("have a grace period of 0 unless rotation has one", () => {
    const graceOf = (RefreshTokenRotation: Input["RefreshTokenRotation"]) =>
      check({ RefreshTokenRotation }).RefreshTokenRotation?.RetryGracePeriodSeconds;
    expect(graceOf({ Feature: "ENABLED" })).toBe(0);
    expect(graceOf({ Feature: "ENABLED", RetryGracePeriodSeconds: 30 })).toBe(30);
    expect(graceOf({ Feature: "DISABLED", RetryGracePeriodSeconds: 30 })).toBe(0);
  });

  it("have older flow names unchanged", () => {
    expect(check({ ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] }).ExplicitAuthFlows).toEqual([
      "ADMIN_NO_SRP_AUTH",
    ]);
  });

  it("omit empty lists, except those of attributes", () => {
    const settings = check(
      { CallbackURLs: [], AllowedOAuthScopes: [], ReadAttributes: [], WriteAttributes: [] },
      { pool: poolWith({}) },
    );
    expect(settings).not.toHaveProperty("CallbackURLs");
    expect(settings).toMatchObject({ ReadAttributes: [], WriteAttributes: [] });
  });
});

describe("token validity", () => {
  const units = { AccessToken: "seconds", IdToken: "minutes", RefreshToken: "minutes" } as const;

  it.each<[string, Input]>([
    [
      "an access token of 299 seconds",
      { AccessTokenValidity: 299, RefreshTokenValidity: 60, TokenValidityUnits: units },
    ],
    ["an access token of 25 hours", { AccessTokenValidity: 25 }],
    ["an ID token of 4 minutes", { IdTokenValidity: 4, RefreshTokenValidity: 60, TokenValidityUnits: units }],
    ["a refresh token of 59 minutes", { RefreshTokenValidity: 59, TokenValidityUnits: units }],
    ["a refresh token of 30 of a unit that makes it too short", { TokenValidityUnits: units }],
    ["a refresh token of ten years and a day", { RefreshTokenValidity: 3651 }],
  ])("refuses %s", (_, input) => {
    expect(() => check(input)).toThrow(new InvalidParameterException("Invalid range for token validity."));
  });

  it("refuses an ID token that outlives the refresh token", () => {
    const input = { IdTokenValidity: 61, RefreshTokenValidity: 60, TokenValidityUnits: units };
    expect(() => check(input)).toThrow(
      new InvalidParameterException(
        "Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
      ),
    );
  });

  it.each<[string, Input]>([
    ["five minutes", { AccessTokenValidity: 300, RefreshTokenValidity: 60, TokenValidityUnits: units }],
    ["a day", { AccessTokenValidity: 24, IdTokenValidity: 24 }],
    ["ten years", { RefreshTokenValidity: 3650 }],
    ["an hour for all", { RefreshTokenValidity: 60, TokenValidityUnits: units, AccessTokenValidity: 3600 }],
  ])("allows %s", (_, input) => {
    expect(() => check(input)).not.toThrow();
  });
});

describe("conflicting settings are rejected:", () => {
  it("older and newer names of flows", () => {
    expect(() => check({ ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH"] })).toThrow(
      new InvalidParameterException(
        "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
      ),
    );
  });

  it("rotation beside the flow that refreshes without it", () => {
    const RefreshTokenRotation = { Feature: "ENABLED" as const };
    const flows: Input["ExplicitAuthFlows"] = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    expect(() => check({ RefreshTokenRotation, ExplicitAuthFlows: flows })).toThrow(
      new InvalidParameterException(
        "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.",
      ),
    );
    expect(() =>
      check({ RefreshTokenRotation: { Feature: "DISABLED" }, ExplicitAuthFlows: flows }),
    ).not.toThrow();
  });

  it.each([
    ["an id without a role", { ApplicationId: "id" }],
    [
      "an ARN beside an id",
      { ApplicationArn: "arn:aws:mobiletargeting:us-east-1:1:apps/id", ApplicationId: "id" },
    ],
  ])("analytics with %s", (_, AnalyticsConfiguration) => {
    expect(() => check({ AnalyticsConfiguration })).toThrow(
      new InvalidParameterException(
        "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid",
      ),
    );
  });

  it("analytics of another region", () => {
    const ApplicationArn = "arn:aws:mobiletargeting:eu-north-1:123456789012:apps/id";
    expect(() => check({ AnalyticsConfiguration: { ApplicationArn } })).toThrow(
      new InvalidParameterException(
        "The integration with Pinpoint is not supported for the requested eu-north-1 region.",
      ),
    );
  });

  it("rotation in a pool whose feature plan lacks it", () => {
    const lite = poolWith({ UserPoolTier: "LITE" });
    expect(() => check({ RefreshTokenRotation: { Feature: "ENABLED" } }, { pool: lite })).toThrow(
      new FeatureUnavailableInTierException(
        "The following features need to be disabled for the LITE pricing tier configured: Refresh Token Rotation",
      ),
    );
  });

  it.each([
    ["creating", ["custom:foo"]],
    ["updating", ["email", "email_verified"]],
    ["creating", ["email", "sub"]],
    ["creating", ["email", "dev:custom:inner"]],
    ["creating", ["custom:plan"]],
  ] as const)("while %s a client, write access to %j", (doing, WriteAttributes) => {
    expect(() => check({ WriteAttributes: [...WriteAttributes] }, { doing })).toThrow(
      new InvalidParameterException(`Invalid write attributes specified while ${doing} a client`),
    );
  });

  it("read access to an attribute that is not in the schema", () => {
    expect(() => check({ ReadAttributes: ["custom:foo"] })).toThrow(
      new InvalidParameterException("Invalid read attributes specified while creating a client"),
    );
    expect(() => check({ ReadAttributes: ["sub", "email_verified", "dev:custom:inner"] })).not.toThrow();
  });

  it("a provider that the pool does not have", () => {
    expect(() => check({ SupportedIdentityProviders: ["COGNITO", "Okta"] })).toThrow(
      new InvalidParameterException("The provider Okta does not exist for User Pool us-east-1_abcdefghi."),
    );
    expect(() => check({ SupportedIdentityProviders: ["COGNITO"] })).not.toThrow();
  });

  it("context data from a client without a secret", () => {
    const input = { EnablePropagateAdditionalUserContextData: true };
    expect(() => check(input, { hasSecret: false })).toThrow(InvalidParameterException);
    expect(() => check(input)).not.toThrow();
  });

  it("choice-based sign-in in a pool whose plan lacks it", () => {
    expect(() =>
      check({ ExplicitAuthFlows: ["ALLOW_USER_AUTH"] }, { pool: poolWith({ UserPoolTier: "LITE" }) }),
    ).toThrow(FeatureUnavailableInTierException);
  });
});

describe("OAuth 2.0 settings", () => {
  const code: Input = {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email"],
    CallbackURLs: ["https://app.example.com/callback"],
  };

  it("are accepted if they are complete", () => {
    expect(() => check(code)).not.toThrow();
  });

  it.each<[string, Input, string]>([
    [
      "no flows",
      { ...code, AllowedOAuthFlows: [] },
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    ],
    [
      "no scopes",
      { ...code, AllowedOAuthScopes: undefined },
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    ],
    [
      "no callback",
      { ...code, CallbackURLs: [] },
      "CallbackUrls can not be empty when code flow or implicit flow is selected",
    ],
    [
      "client credentials beside code",
      { ...code, AllowedOAuthFlows: ["code", "client_credentials"] },
      "client_credentials flow can not be selected along with code flow or implicit flow.",
    ],
    [
      "scopes of users for client credentials",
      { AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["openid"] },
      "openid is not supported with client_credentials flow",
    ],
  ])("are refused with %s", (_, input, message) => {
    expect(() => check(input)).toThrow(new InvalidOAuthFlowException(message));
  });

  it("are rejected with client credentials for a client without a secret", () => {
    expect(() => check({ AllowedOAuthFlows: ["client_credentials"] }, { hasSecret: false })).toThrow(
      new InvalidOAuthFlowException(
        "client_credentials flow can not be selected if client does not have a client secret.",
      ),
    );
  });

  it("are rejected with an undefined scope", () => {
    expect(() => check({ ...code, AllowedOAuthScopes: ["openid", "api/read"] })).toThrow(
      new ScopeDoesNotExistException("Invalid scope requested: api/read"),
    );
  });

  it.each([
    "http://app.example.com",
    "https://app.example.com/#there",
    "/callback",
    "app.example.com",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("are refused with the address %s", (url) => {
    expect(() => check({ ...code, CallbackURLs: [url] })).toThrow(InvalidParameterException);
    expect(() => check({ ...code, LogoutURLs: [url] })).toThrow(InvalidParameterException);
  });

  it("reject plain HTTP for an address on another host, with the reason", () => {
    expect(() => check({ ...code, CallbackURLs: ["http://app.example.com/cb"] })).toThrow(
      new InvalidParameterException("http://app.example.com/cb cannot use the HTTP protocol."),
    );
  });

  it.each([
    "http://localhost:3000/cb",
    "http://127.0.0.1",
    "http://[::1]:8080/",
    "myapp://signed-in",
    "com.app:/cb",
  ])("are accepted with the address %s", (url) => {
    expect(() => check({ ...code, CallbackURLs: [url], DefaultRedirectURI: url })).not.toThrow();
  });

  it("are rejected with a default address that is not among the callbacks", () => {
    expect(() => check({ ...code, DefaultRedirectURI: "https://elsewhere.example.com" })).toThrow(
      InvalidParameterException,
    );
  });
});
