import { InvalidParameterException } from "../../api-model/index.ts";
import { regionOf } from "../../pool-ids.ts";
import type { AppClientSettings, UserPoolRecord } from "../../storage/index.ts";
import { isWritableByClients, missingRequiredAttributes, schemaOf } from "../attributes/index.ts";
import { checkClientTier, regionOfArn } from "../pools/index.ts";
import { checkOAuthSettings } from "./check-oauth.ts";
import { isLegacyList } from "./flows.ts";
import type { ClientReferences } from "./references.ts";
import { isServiceLinkedRole } from "./settings.ts";
import { tokenValidity, validityProblems } from "./validity.ts";

/** The facts that the checks need beside the settings. */
export interface ClientCircumstances extends ClientReferences {
  readonly pool: UserPoolRecord;
  readonly hasSecret: boolean;
  /** As some of the texts put it. */
  readonly doing: "creating" | "updating";
}

/**
 * Refuses settings of an app client that do not go together, or that its pool has nothing for.
 *
 * @throws InvalidParameterException
 * @throws InvalidOAuthFlowException
 * @throws ScopeDoesNotExistException
 * @throws FeatureUnavailableInTierException
 */
export function checkClientSettings(settings: AppClientSettings, circumstances: ClientCircumstances): void {
  checkFlows(settings, circumstances);
  checkValidity(settings);
  checkAttributes(settings, circumstances);
  checkProviders(settings, circumstances);
  checkOAuthSettings(settings, circumstances);
  if (settings.EnablePropagateAdditionalUserContextData && !circumstances.hasSecret) {
    throw new InvalidParameterException(
      "Client Secret is required to set EnablePropagateAdditionalUserContextData as true",
    );
  }
  checkAnalytics(settings, circumstances);
  checkClientTier(circumstances.pool.settings, settings);
}

/** Nothing is sent to Amazon Pinpoint, but what Cognito rejects is rejected here too. */
function checkAnalytics({ AnalyticsConfiguration }: AppClientSettings, { pool }: ClientCircumstances): void {
  const { ApplicationArn, ApplicationId, RoleArn, ExternalId } = AnalyticsConfiguration ?? {};
  const isOwnRole = RoleArn !== undefined && !isServiceLinkedRole(RoleArn);
  const hasIdForm = ApplicationId !== undefined || isOwnRole || ExternalId !== undefined;
  if ((ApplicationArn !== undefined && hasIdForm) || (ApplicationId !== undefined && RoleArn === undefined)) {
    throw new InvalidParameterException(
      "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid",
    );
  }
  const region = ApplicationArn && regionOfArn(ApplicationArn);
  if (region !== undefined && region !== regionOf(pool.id)) {
    throw new InvalidParameterException(
      `The integration with Pinpoint is not supported for the requested ${region} region.`,
    );
  }
}

function checkFlows(
  { ExplicitAuthFlows = [], RefreshTokenRotation }: AppClientSettings,
  { hasSecret }: ClientCircumstances,
): void {
  if (isLegacyList(ExplicitAuthFlows) && ExplicitAuthFlows.some((flow) => flow.startsWith("ALLOW_"))) {
    throw new InvalidParameterException(
      "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
    );
  }
  if (
    ExplicitAuthFlows.includes("ALLOW_CLIENT_TOKEN_AUTH") &&
    !(hasSecret && ExplicitAuthFlows.length === 1)
  ) {
    // Developer Guide, "Scopes, M2M, and resource servers"; the text is ours.
    throw new InvalidParameterException(
      "ALLOW_CLIENT_TOKEN_AUTH can only be the sole auth flow of a client with a secret.",
    );
  }
  if (RefreshTokenRotation?.Feature === "ENABLED" && ExplicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH")) {
    throw new InvalidParameterException(
      "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.",
    );
  }
}

function checkValidity(settings: AppClientSettings): void {
  const problems = Object.values(validityProblems(tokenValidity({ settings })));
  if (problems.includes("outOfRange")) {
    throw new InvalidParameterException("Invalid range for token validity.");
  }
  if (problems.includes("longerThanRefresh")) {
    throw new InvalidParameterException(
      "Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
    );
  }
}

function checkAttributes(
  { ReadAttributes, WriteAttributes }: AppClientSettings,
  { pool, doing }: ClientCircumstances,
): void {
  const known = new Set(schemaOf(pool).map(({ Name }) => Name));
  if (ReadAttributes?.some((name) => !known.has(name))) {
    throw new InvalidParameterException(`Invalid read attributes specified while ${doing} a client`);
  }
  if (!WriteAttributes) return;
  const canBeWritten = (name: string) => known.has(name) && isWritableByClients(name);
  // A required attribute that no user of the client could give would lock them out of signing up.
  const missing = missingRequiredAttributes(
    pool,
    Object.fromEntries(WriteAttributes.map((name) => [name, name])),
  );
  if (!WriteAttributes.every(canBeWritten) || missing.length > 0) {
    throw new InvalidParameterException(`Invalid write attributes specified while ${doing} a client`);
  }
}

function checkProviders(
  { SupportedIdentityProviders = [] }: AppClientSettings,
  { pool, providers, otherThanSaml, unrequested }: ClientCircumstances,
): void {
  const unknown = SupportedIdentityProviders.find((name) => !providers.has(name));
  if (unknown !== undefined) {
    throw new InvalidParameterException(`The provider ${unknown} does not exist for User Pool ${pool.id}.`);
  }
  // Developer Guide, "SAML session initiation"; the text is ours.
  const [unsolicited] = unrequested;
  const other = SupportedIdentityProviders.find((name) => otherThanSaml.has(name));
  if (unsolicited === undefined || other === undefined) return;
  throw new InvalidParameterException(
    `The provider ${unsolicited} accepts IdP-initiated SAML sign-in, so an app client with it can have SAML providers only, not ${other}.`,
  );
}
