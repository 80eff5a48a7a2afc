/** Pools and clients of the pages' tests. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { TestServer } from "../support/server.ts";
import { PASSWORD, type PagesUnderTest } from "./support.ts";

export interface Scene {
  readonly userPoolId: string;
  readonly clientId: string;
}

export async function openScene(
  { server: { cognito }, callback }: Pick<PagesUnderTest, "server" | "callback">,
  pool: Partial<CreateUserPoolCommandInput>,
  {
    client = {},
    mfa,
  }: {
    client?: Partial<CreateUserPoolClientCommandInput>;
    mfa?: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">;
  } = {},
): Promise<Scene> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "Example", ...pool }));
  const UserPoolId = UserPool?.Id ?? "";
  if (mfa) await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...mfa }));
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "pages",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [callback],
      SupportedIdentityProviders: ["COGNITO"],
      PreventUserExistenceErrors: "ENABLED",
      ...client,
    }),
  );
  return { userPoolId: UserPoolId, clientId: UserPoolClient?.ClientId ?? "" };
}

/** A user with attributes; with a password of their own unless it is to stay a temporary one. */
export async function addUser(
  { cognito }: TestServer,
  { userPoolId: UserPoolId }: Scene,
  Username: string,
  attributes: Readonly<Record<string, string>> = {},
  { temporary = false } = {},
): Promise<void> {
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username,
      MessageAction: "SUPPRESS",
      TemporaryPassword: "Temporary-1",
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  if (temporary) return;
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
  );
}

const SMS = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };

/** Sign-up with a confirmed address, recovery by e-mail. */
export const PLAIN_POOL: Partial<CreateUserPoolCommandInput> = {
  AutoVerifiedAttributes: ["email"],
  AliasAttributes: ["email"],
  Schema: [
    { Name: "email", Required: true },
    { Name: "name", Required: true },
  ],
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
};

/** Second factors are asked for, and set up if there is none. */
export const MFA_POOL: Partial<CreateUserPoolCommandInput> = {
  AutoVerifiedAttributes: ["email"],
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
  SmsConfiguration: SMS,
  EmailConfiguration: {
    EmailSendingAccount: "DEVELOPER",
    SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
  },
};

export const MFA_ON: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId"> = {
  MfaConfiguration: "ON",
  SoftwareTokenMfaConfiguration: { Enabled: true },
  SmsMfaConfiguration: { SmsAuthenticationMessage: "Code {####}", SmsConfiguration: SMS },
  EmailMfaConfiguration: { Message: "Code {####}", Subject: "Code" },
};

/** The user's name first, then a choice of factors, passkeys among them. */
export const CHOICE_POOL: Partial<CreateUserPoolCommandInput> = {
  AutoVerifiedAttributes: ["email"],
  UsernameAttributes: ["email"],
  UserPoolTier: "ESSENTIALS",
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } },
};

export const CHOICE_CLIENT: Partial<CreateUserPoolClientCommandInput> = {
  ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
};
