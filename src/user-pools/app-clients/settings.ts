import type {
  AnalyticsConfigurationType,
  CreateUserPoolClientRequest,
  RefreshTokenRotationType,
  TokenValidityUnitsType,
  UpdateUserPoolClientRequest,
} from "../../api-model/index.ts";
import type { AppClientSettings } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { nonEmpty, omitUndefined } from "../pools/index.ts";
import { DEFAULT_AUTH_SESSION_MINUTES, DEFAULT_REFRESH_DAYS } from "./validity.ts";

/** The settings of both CreateUserPoolClient and UpdateUserPoolClient. */
type SettingsInput = Omit<CreateUserPoolClientRequest | UpdateUserPoolClientRequest, "UserPoolId">;

/**
 * The settings of a request, with every default in place: what it leaves out goes back to its default, in an
 * update too.
 *
 * @see API Reference, "CreateUserPoolClient", "UpdateUserPoolClient"
 */
export function clientSettings(
  input: SettingsInput,
  environment: Pick<Environment, "accountId">,
): AppClientSettings {
  return omitUndefined<AppClientSettings>({
    RefreshTokenValidity: input.RefreshTokenValidity || DEFAULT_REFRESH_DAYS,
    AccessTokenValidity: input.AccessTokenValidity,
    IdTokenValidity: input.IdTokenValidity,
    TokenValidityUnits: unitsOf(input.TokenValidityUnits),
    // An empty list of these two means that nothing may be read or written, and is kept.
    ReadAttributes: asSet(input.ReadAttributes),
    WriteAttributes: asSet(input.WriteAttributes),
    ExplicitAuthFlows: nonEmpty(asSet(input.ExplicitAuthFlows)),
    SupportedIdentityProviders: nonEmpty(asSet(input.SupportedIdentityProviders)),
    CallbackURLs: nonEmpty(asSet(input.CallbackURLs)),
    LogoutURLs: nonEmpty(asSet(input.LogoutURLs)),
    DefaultRedirectURI: input.DefaultRedirectURI,
    AllowedOAuthFlows: nonEmpty(asSet(input.AllowedOAuthFlows)),
    AllowedOAuthScopes: nonEmpty(asSet(input.AllowedOAuthScopes)),
    AllowedOAuthFlowsUserPoolClient: input.AllowedOAuthFlowsUserPoolClient ?? false,
    AnalyticsConfiguration: analyticsOf(input.AnalyticsConfiguration, environment),
    PreventUserExistenceErrors: input.PreventUserExistenceErrors,
    EnableTokenRevocation: input.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData: input.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: input.AuthSessionValidity ?? DEFAULT_AUTH_SESSION_MINUTES,
    RefreshTokenRotation: rotationOf(input.RefreshTokenRotation),
  });
}

/** The role that Cognito uses for an application that is named by its ARN. */
const SERVICE_LINKED_ROLE = "aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp";

export function isServiceLinkedRole(arn: string): boolean {
  return arn.endsWith(`:role/${SERVICE_LINKED_ROLE}`);
}

/**
 * With what Cognito adds: its own role to an ARN, and that no data of users is shared.
 *
 * @see AWS CLI, example of `create-user-pool-client`; hashicorp/terraform-provider-aws, acceptance test
 *   TestAccCognitoIDPUserPoolClient_analyticsWithARN
 */
function analyticsOf(
  given: AnalyticsConfigurationType | undefined,
  { accountId }: Pick<Environment, "accountId">,
): AnalyticsConfigurationType | undefined {
  if (!given) return undefined;
  const { ApplicationArn, RoleArn, UserDataShared = false } = given;
  const linkedRole = ApplicationArn ? `arn:aws:iam::${accountId}:role/${SERVICE_LINKED_ROLE}` : undefined;
  return omitUndefined({ ...given, RoleArn: RoleArn ?? linkedRole, UserDataShared });
}

/** Cognito keeps these lists as sets: recorded in September 2026, in an order of their own. */
function asSet<T>(values: readonly T[] | undefined): T[] | undefined {
  return values && [...new Set(values)];
}

/** Empty when none is set; once one is, all three come back. */
function unitsOf(given: TokenValidityUnitsType | undefined): TokenValidityUnitsType {
  const { AccessToken, IdToken, RefreshToken } = given ?? {};
  if (AccessToken === undefined && IdToken === undefined && RefreshToken === undefined) return {};
  return {
    AccessToken: AccessToken ?? "hours",
    IdToken: IdToken ?? "hours",
    RefreshToken: RefreshToken ?? "days",
  };
}

/** The grace period of a client that names none, or that does not rotate, reads back as 0. */
function rotationOf(given: RefreshTokenRotationType | undefined): RefreshTokenRotationType | undefined {
  if (!given) return undefined;
  return {
    Feature: given.Feature,
    RetryGracePeriodSeconds: given.Feature === "ENABLED" ? (given.RetryGracePeriodSeconds ?? 0) : 0,
  };
}
