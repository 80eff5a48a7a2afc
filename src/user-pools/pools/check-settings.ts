import { InvalidParameterException, UserPoolTaggingException } from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";
import { problemWithTags } from "./tags.ts";
import { checkPoolTier } from "./tiers.ts";

/**
 * Refuses settings of a pool that do not go together.
 *
 * @param current the pool's settings before an update; undefined when it is being created
 * @throws InvalidParameterException
 * @throws FeatureUnavailableInTierException the feature plan lacks something that is switched on
 * @throws UserPoolTaggingException the tags are not valid
 */
export function checkPoolSettings(settings: UserPoolSettings, current?: UserPoolSettings): void {
  for (const check of [
    checkSignInNames,
    checkSignInPolicy,
    checkSms,
    checkVerification,
    checkEmail,
    checkEmailMfa,
    checkKey,
    checkLevels,
  ]) {
    check(settings);
  }
  checkMfa(settings, current);
  checkRecovery(settings);
  checkPoolTier(settings);
  const problem = problemWithTags(settings.UserPoolTags ?? {});
  if (problem) throw new UserPoolTaggingException(problem);
}

/**
 * Refuses settings of a pool that do not go together after a change of its MFA.
 *
 * @throws InvalidParameterException
 * @throws FeatureUnavailableInTierException the feature plan lacks something that is switched on
 */
export function checkMfaConfig(settings: UserPoolSettings): void {
  checkPasskeys(settings);
  for (const check of [checkSignInPolicy, checkSms, checkEmailMfa]) check(settings);
  checkPoolTier(settings);
}

/** The constraints of a level's name, which the API Reference has and the API model has not, in the order of a refusal. */
const CONSTRAINTS_OF_LEVEL_NAMES = [
  { holds: (name: string) => name.length <= 64, words: "have length less than or equal to 64" },
  { holds: (name: string) => name.length > 0, words: "have length greater than or equal to 1" },
  {
    holds: (name: string) => /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(name),
    words: "satisfy regular expression pattern: [\\x21\\x23-\\x5B\\x5D-\\x7E]+",
  },
];

/**
 * @see API Reference, "AcrLevelConfigType"; Developer Guide, "Authentication levels with ACR and AMR claims". The text for
 *   equal names is ours
 */
function checkLevels({ AcrConfiguration = {} }: UserPoolSettings): void {
  const violations = Object.entries(AcrConfiguration).flatMap(([level, { AcrValue }]) =>
    CONSTRAINTS_OF_LEVEL_NAMES.filter(({ holds }) => !holds(AcrValue)).map(
      ({ words }) =>
        `Value '${AcrValue}' at 'acrConfiguration.${level}.member.acrValue' failed to satisfy constraint: Member must ${words}`,
    ),
  );
  if (violations.length > 0) {
    const errors = `${violations.length} validation error${violations.length === 1 ? "" : "s"}`;
    throw new InvalidParameterException(`${errors} detected: ${violations.join("; ")}`);
  }
  const names = Object.values(AcrConfiguration).map(({ AcrValue }) => AcrValue);
  if (new Set(names).size < names.length) {
    throw new InvalidParameterException("The levels of AcrConfiguration must have different names.");
  }
}

function checkSignInNames({ AliasAttributes, UsernameAttributes }: UserPoolSettings): void {
  if (AliasAttributes && UsernameAttributes) {
    throw new InvalidParameterException(
      "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
    );
  }
}

function checkSignInPolicy(settings: UserPoolSettings): void {
  const { Policies, MfaConfiguration, SmsConfiguration, WebAuthnConfiguration } = settings;
  const factors = Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  if (!factors.includes("PASSWORD")) {
    throw new InvalidParameterException(
      "Password should be configured as one of the allowed first auth factors.",
    );
  }
  const areBothFactors = WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
  if (factors.includes("SOFTWARE_TOKEN")) {
    // API Reference, "SignInPolicyType": a token is a second factor only. The text is ours.
    throw new InvalidParameterException("SOFTWARE_TOKEN is not supported as an allowed first auth factor.");
  }
  // The next two were observed by others on a real pool in August 2026: go-to-k/cdkd#1975.
  if (factors.includes("SMS_OTP") && !SmsConfiguration) {
    throw new InvalidParameterException(
      "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration",
    );
  }
  if (MfaConfiguration === "ON" && factors.some((factor) => factor === "EMAIL_OTP" || factor === "SMS_OTP")) {
    throw new InvalidParameterException(
      "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
    );
  }
  if (factors.includes("WEB_AUTHN") && MfaConfiguration === "ON" && !areBothFactors) {
    // Observed by others on a real pool: hashicorp/terraform-provider-aws#50110, September 2026.
    throw new InvalidParameterException(
      "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA.",
    );
  }
}

/** Both texts were recorded: cdkd#2064 in August 2026, cdk-preflight in September 2026. */
function checkPasskeys({ Policies, MfaConfiguration, WebAuthnConfiguration }: UserPoolSettings): void {
  const { RelyingPartyId, FactorConfiguration = "SINGLE_FACTOR" } = WebAuthnConfiguration ?? {};
  if (RelyingPartyId !== undefined && !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(RelyingPartyId)) {
    throw new InvalidParameterException("RelyingPartyId contains invalid characters");
  }
  const isFirstFactor = Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") ?? false;
  if (isFirstFactor && MfaConfiguration === "ON" && FactorConfiguration === "SINGLE_FACTOR") {
    throw new InvalidParameterException(
      "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor",
    );
  }
}

/** Developer Guide, "Data protection in Amazon Cognito"; the text is ours. */
function checkKey({ KeyConfiguration }: UserPoolSettings): void {
  const { KeyType, KmsKeyArn } = KeyConfiguration ?? {};
  if (KeyType !== "CUSTOMER_MANAGED_KEY" || (KmsKeyArn && /^arn:[^:]+:kms:[^:]*:\d+:key\//.test(KmsKeyArn)))
    return;
  throw new InvalidParameterException("A customer managed key needs the ARN of a KMS key, not of an alias.");
}

function checkSms({ SmsConfiguration }: UserPoolSettings): void {
  if (!SmsConfiguration) return;
  // API Reference, "SmsConfigurationType": one of the two ways of sending. The texts are ours.
  if (SmsConfiguration.SnsCallerArn === undefined && SmsConfiguration.EumsSms === undefined) {
    throw new InvalidParameterException("SmsConfiguration needs SnsCallerArn or EumsSms.");
  }
  if (SmsConfiguration.SnsCallerArn !== undefined && SmsConfiguration.EumsSms !== undefined) {
    throw new InvalidParameterException("SmsConfiguration can have only one of SnsCallerArn and EumsSms.");
  }
}

function checkVerification(settings: UserPoolSettings): void {
  const { AutoVerifiedAttributes = [], SmsConfiguration, UserAttributeUpdateSettings } = settings;
  if (AutoVerifiedAttributes.includes("phone_number") && !SmsConfiguration) {
    throw new InvalidParameterException(
      "SMS configuration is required when phone_number is selected for auto verification",
    );
  }
  const beforeUpdate = UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  if (!beforeUpdate.every((name) => AutoVerifiedAttributes.includes(name))) {
    // Observed by others on a real pool: aws/aws-cli#7151.
    throw new InvalidParameterException(
      "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
    );
  }
}

function checkEmail({ EmailConfiguration }: UserPoolSettings): void {
  if (!EmailConfiguration || EmailConfiguration.SourceArn !== undefined) return;
  if (EmailConfiguration.EmailSendingAccount === "DEVELOPER") {
    throw new InvalidParameterException("Source ARN is required to use DEVELOPER email sending owner");
  }
  if (EmailConfiguration.From !== undefined) {
    // Observed by others on a real pool: aws/aws-cdk#9739.
    throw new InvalidParameterException(
      "Cannot configure From email address for default email configuration",
    );
  }
}

/** @see API Reference, "SetUserPoolMfaConfig", EmailMfaConfiguration */
function checkEmailMfa(settings: UserPoolSettings): void {
  const { EmailMfaConfiguration, EmailConfiguration, AccountRecoverySetting } = settings;
  if (!EmailMfaConfiguration) return;
  if (EmailConfiguration?.EmailSendingAccount !== "DEVELOPER") {
    throw new InvalidParameterException(
      "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT. Update the value of EmailSendingAccount.",
    );
  }
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.length === 1 && mechanisms[0]?.Name === "verified_email") {
    // The text is ours.
    throw new InvalidParameterException(
      "Email MFA cannot be configured while email is the only account recovery mechanism.",
    );
  }
}

function checkMfa(settings: UserPoolSettings, current: UserPoolSettings | undefined): void {
  const { MfaConfiguration = "OFF", SmsConfiguration } = settings;
  const before = current?.MfaConfiguration ?? "OFF";
  if (current && MfaConfiguration === "ON" && before === "OFF") {
    // The text sounds like a ban, but a pool whose factors are there can go from OPTIONAL to ON: go-to-k/cdkd#1925.
    throw new InvalidParameterException(
      "Cannot turn MFA functionality ON, once the user pool has been created.",
    );
  }
  if (MfaConfiguration === "OFF" || SmsConfiguration) return;
  // SetUserPoolMfaConfig may have given the pool other factors.
  if (settings.SoftwareTokenMfaConfiguration?.Enabled || settings.EmailMfaConfiguration) return;
  // In spite of its words it comes for want of an SmsConfiguration alone: every report that quotes it lacks one.
  throw new InvalidParameterException(
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
  );
}

function checkRecovery({ AccountRecoverySetting }: UserPoolSettings): void {
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.length > 1 && mechanisms.some(({ Name }) => Name === "admin_only")) {
    throw new InvalidParameterException(
      "Invalid account recovery setting parameter. Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
    );
  }
  const isTwice = <T>(values: T[]) => new Set(values).size < values.length;
  if (isTwice(mechanisms.map(({ Name }) => Name)) || isTwice(mechanisms.map(({ Priority }) => Priority))) {
    throw new InvalidParameterException(
      "Invalid account recovery setting parameter. Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
    );
  }
}
