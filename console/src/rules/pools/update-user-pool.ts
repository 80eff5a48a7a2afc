import type { UpdateUserPoolCommandInput, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

/**
 * A whole UpdateUserPool for a pool as it is, with some settings changed: a setting that is left out
 * would go back to its default.
 *
 * @see API Reference, "UpdateUserPool"
 */
export function poolUpdate(
  pool: UserPoolType,
  changes: Partial<UpdateUserPoolCommandInput>,
): UpdateUserPoolCommandInput {
  // The older setting may not be sent beside TemporaryPasswordValidityDays, though both are returned.
  const { UnusedAccountValidityDays: _older, ...adminCreateUserConfig } = pool.AdminCreateUserConfig ?? {};
  return {
    UserPoolId: pool.Id ?? "",
    PoolName: pool.Name,
    Policies: pool.Policies,
    DeletionProtection: pool.DeletionProtection,
    LambdaConfig: pool.LambdaConfig,
    AutoVerifiedAttributes: pool.AutoVerifiedAttributes,
    SmsVerificationMessage: pool.SmsVerificationMessage,
    EmailVerificationMessage: pool.EmailVerificationMessage,
    EmailVerificationSubject: pool.EmailVerificationSubject,
    VerificationMessageTemplate: pool.VerificationMessageTemplate,
    SmsAuthenticationMessage: pool.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: pool.UserAttributeUpdateSettings,
    MfaConfiguration: pool.MfaConfiguration,
    DeviceConfiguration: pool.DeviceConfiguration,
    EmailConfiguration: pool.EmailConfiguration,
    SmsConfiguration: pool.SmsConfiguration,
    UserPoolTags: pool.UserPoolTags,
    AdminCreateUserConfig: adminCreateUserConfig,
    UserPoolAddOns: pool.UserPoolAddOns,
    AccountRecoverySetting: pool.AccountRecoverySetting,
    UserPoolTier: pool.UserPoolTier,
    KeyConfiguration: pool.KeyConfiguration,
    IssuerConfiguration: pool.IssuerConfiguration,
    DcrConfiguration: pool.DcrConfiguration,
    AcrConfiguration: pool.AcrConfiguration,
    ...changes,
  };
}
