/**
 * Another node deletes a pool. For up to a second this node reads the pool from its cache, so every operation that passes its
 * checks must find out when it writes.
 */
import { describe, expect, it } from "vitest";
import { ServiceException } from "../../api-model/index.ts";
import type { Repositories, Store } from "../../storage/index.ts";
import type { OperationContext } from "../operation.ts";
import { testContext } from "../testing.ts";
import { operations } from "./registry.ts";

const UserPoolId = "us-east-1_deleted00";
const ClientId = "clientofthepool";
const ResourceArn = `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPoolId}`;
const roleArn = "arn:aws:iam::123456789012:role/any";
const logGroup = "arn:aws:logs:us-east-1:123456789012:log-group:any";

/** A context whose reads outside of transactions show a pool with a client and a domain that is deleted. */
async function contextAfterDeletion(): Promise<OperationContext> {
  const [now, before] = [await testContext(), await testContext()];
  const givenIds = { poolId: UserPoolId, clientId: ClientId };
  await operations.CreateUserPool(
    { PoolName: "p", UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } },
    { ...before, givenIds },
  );
  await operations.CreateUserPoolClient({ UserPoolId, ClientName: "c" }, { ...before, givenIds });
  await operations.SetUserPoolSessionConfiguration(
    { UserPoolId, UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 5 } },
    before,
  );
  await operations.CreateUserPoolDomain({ UserPoolId, Domain: "prefix" }, before);
  return { ...now, store: withCachedReads(now.store, before.store) };
}

/** @param cached where what is read outside of transactions comes from */
function withCachedReads(store: Store, cached: Store): Store {
  const of = (target: object, name: PropertyKey) => {
    const value: unknown = Reflect.get(target, name);
    return typeof value === "function" ? value.bind(target) : value;
  };
  return new Proxy(store, {
    get(_, name) {
      const member = of(store, name);
      if (typeof member !== "object" || member === null) return member;
      const repository = cached[name as keyof Repositories];
      return new Proxy(member, {
        get: (_, method) => of(/^(get|find|list)/.test(String(method)) ? repository : member, method),
      });
    },
  });
}

type Inputs = { [Name in keyof typeof operations]?: Parameters<(typeof operations)[Name]>[0] };

const INPUTS: Inputs = {
  AddCustomAttributes: { UserPoolId, CustomAttributes: [{ Name: "a", AttributeDataType: "String" }] },
  CreateGroup: { UserPoolId, GroupName: "g" },
  CreateIdentityProvider: {
    UserPoolId,
    ProviderName: "Google",
    ProviderType: "Google",
    ProviderDetails: { client_id: "i", client_secret: "s", authorize_scopes: "openid" },
  },
  CreateManagedLoginBranding: { UserPoolId, ClientId, UseCognitoProvidedValues: true },
  CreateResourceServer: { UserPoolId, Identifier: "i", Name: "n" },
  CreateTerms: {
    UserPoolId,
    ClientId,
    TermsName: "terms-of-use",
    TermsSource: "LINK",
    Enforcement: "NONE",
    Links: { "cognito:default": "https://example.com" },
  },
  CreateUserImportJob: { UserPoolId, JobName: "j", CloudWatchLogsRoleArn: roleArn },
  CreateUserPoolClient: { UserPoolId, ClientName: "c" },
  CreateUserPoolDomain: {
    UserPoolId,
    Domain: "auth.example.com",
    CustomDomainConfig: { CertificateArn: "arn:aws:acm:us-east-1:1:certificate/x" },
  },
  SetLogDeliveryConfiguration: {
    UserPoolId,
    LogConfigurations: [
      {
        EventSource: "userNotification",
        LogLevel: "ERROR",
        CloudWatchLogsConfiguration: { LogGroupArn: logGroup },
      },
    ],
  },
  SetRiskConfiguration: { UserPoolId, ClientId, RiskExceptionConfiguration: { BlockedIPRangeList: [] } },
  SetUICustomization: { UserPoolId, ClientId, CSS: "" },
  SetUserPoolClientSessionConfiguration: { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: 60 } },
  SetUserPoolMfaConfig: { UserPoolId },
  SetUserPoolSessionConfiguration: {
    UserPoolId,
    UserSessionTracking: "ENABLED",
    TokenSession: { MaxPerUser: 5 },
  },
  TagResource: { ResourceArn, Tags: { a: "b" } },
  UntagResource: { ResourceArn, TagKeys: ["a"] },
  UpdateUserPool: { UserPoolId },
};

describe("a pool that another node has just deleted", () => {
  it.each(Object.entries(INPUTS))("is unknown to %s", async (name, input) => {
    const context = await contextAfterDeletion();
    const operate = operations[name as keyof typeof operations] as (
      input: unknown,
      context: OperationContext,
    ) => Promise<unknown>;
    const refusal = await operate(input, context).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ServiceException);
    expect(refusal).toMatchObject({
      code: "ResourceNotFoundException",
      message: `User pool ${UserPoolId} does not exist.`,
    });
  });
});
