/** Inputs of the operations on pools as a whole. */
import { ACCOUNT, type Json, type Pool, type PoolKind, poolArn, poolOf, type World } from "../world.ts";
import type { Generator } from "./generator.ts";

const SMS = { SnsCallerArn: `arn:aws:iam::${ACCOUNT}:role/sms`, ExternalId: "external" };
const SES = {
  EmailSendingAccount: "DEVELOPER",
  SourceArn: `arn:aws:ses:us-east-1:${ACCOUNT}:identity/example.com`,
};
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${name}`;

/** The settings of a kind that an update may change. */
const SETTINGS: Readonly<Record<PoolKind, Json>> = {
  plain: { UserPoolTier: "LITE", AutoVerifiedAttributes: ["email"] },
  full: {
    UserPoolTier: "PLUS",
    AutoVerifiedAttributes: ["email"],
    UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
    SmsConfiguration: SMS,
    EmailConfiguration: SES,
    MfaConfiguration: "OPTIONAL",
    KeyConfiguration: {
      KeyType: "CUSTOMER_MANAGED_KEY",
      KmsKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-1`,
    },
    IssuerConfiguration: { Type: "UPDATED" },
    Policies: {
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] },
    },
    AccountRecoverySetting: {
      RecoveryMechanisms: [
        { Priority: 1, Name: "verified_phone_number" },
        { Priority: 2, Name: "verified_email" },
      ],
    },
    DcrConfiguration: { EnableStatus: "Enabled", OpenDcrEnabled: true },
  },
  email: { UserPoolTier: "ESSENTIALS", AutoVerifiedAttributes: ["email"] },
  custom: {
    AutoVerifiedAttributes: ["email"],
    LambdaConfig: {
      DefineAuthChallenge: functionArn("define"),
      CreateAuthChallenge: functionArn("create"),
      VerifyAuthChallengeResponse: functionArn("verify"),
      PreTokenGeneration: functionArn("claims"),
    },
  },
  spare: {},
};

/** What only a new pool takes. */
const AT_CREATION: Readonly<Record<PoolKind, Json>> = {
  plain: { AliasAttributes: ["email", "preferred_username"] },
  full: { AliasAttributes: ["email"], UsernameConfiguration: { CaseSensitive: false } },
  email: { UsernameAttributes: ["email"] },
  custom: { Schema: [{ Name: "level", AttributeDataType: "Number", Mutable: true }] },
  spare: {},
};

function variations({ random }: World): Json {
  return {
    ...(random.chance(0.5) && {
      EmailVerificationMessage: "Your code is {####}",
      EmailVerificationSubject: "Code",
    }),
    ...(random.chance(0.5) && {
      SmsVerificationMessage: "Code {####}",
      SmsAuthenticationMessage: "Sign in: {####}",
    }),
    ...(random.chance(0.5) && { UserPoolTags: { stage: random.word(4) } }),
    ...(random.chance(0.3) && {
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: false,
        InviteMessageTemplate: {
          SMSMessage: "{username} {####}",
          EmailMessage: "{username} {####}",
          EmailSubject: "Hi",
        },
      },
    }),
    ...(random.chance(0.3) && { DeletionProtection: "INACTIVE" }),
  };
}

/** What CreateUserPool is given for a pool of a kind. */
export function creationOf(kind: PoolKind, world: World): Json {
  return {
    PoolName: `${kind}-${world.random.word(4)}`,
    ...SETTINGS[kind],
    ...AT_CREATION[kind],
    ...variations(world),
  };
}

/** The MFA settings of each kind that has some. */
export function mfaConfigOf({ id, kind }: Pool): Json {
  const app = { SoftwareTokenMfaConfiguration: { Enabled: true } };
  const byKind: Partial<Record<PoolKind, Json>> = {
    full: {
      MfaConfiguration: "OPTIONAL",
      ...app,
      SmsMfaConfiguration: { SmsAuthenticationMessage: "Code {####}", SmsConfiguration: SMS },
      EmailMfaConfiguration: { Message: "Code {####}", Subject: "Code" },
      WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "preferred" },
    },
    email: { MfaConfiguration: "ON", ...app },
  };
  return { UserPoolId: id, ...(byKind[kind] ?? { MfaConfiguration: "OFF" }) };
}

const ofPool =
  (...kinds: readonly PoolKind[]): Generator =>
  (world) => {
    const pool = poolOf(world, ...kinds);
    return pool && { UserPoolId: pool.id };
  };

const NOTIFY = { Notify: true, EventAction: "NO_ACTION" };
const CATEGORY = (Category: string) => ({
  LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category } },
});
const CSS = ".label-customizable { color: #333; }";
const PNG = "iVBORw0KGgo=";

/** Notifies of every sign-in with a risk, and refuses none. */
export function riskConfigOf({ id }: Pool, { random }: World): Json {
  return {
    UserPoolId: id,
    CompromisedCredentialsRiskConfiguration: {
      EventFilter: ["SIGN_IN"],
      Actions: { EventAction: "NO_ACTION" },
    },
    AccountTakeoverRiskConfiguration: {
      NotifyConfiguration: {
        SourceArn: SES.SourceArn,
        From: "security@example.com",
        NoActionEmail: {
          Subject: "Sign-in",
          TextBody: "{one-click-link-valid} {one-click-link-invalid}",
          HtmlBody: '<a href="{one-click-link-valid}">yes</a> <a href="{one-click-link-invalid}">no</a>',
        },
      },
      Actions: { LowAction: NOTIFY, MediumAction: NOTIFY, HighAction: NOTIFY },
    },
    ...(random.chance(0.3) && {
      RiskExceptionConfiguration: { SkippedIPRangeList: ["10.0.0.0/8"] },
    }),
  };
}

export const poolInputs = {
  CreateUserPool: (world) => creationOf("spare", world),
  DescribeUserPool: ofPool(),
  ListUserPools: ({ random }) => ({ MaxResults: 1 + random.below(60) }),
  UpdateUserPool: (world) => {
    const pool = poolOf(world);
    return pool && { UserPoolId: pool.id, ...SETTINGS[pool.kind], ...variations(world) };
  },
  DeleteUserPool: ofPool("spare"),
  AddCustomAttributes: (world) => {
    const pool = poolOf(world, "plain", "full", "email", "spare");
    if (pool === undefined || pool.customAttributes.size > 40) return undefined;
    const AttributeDataType = world.random.pick(["String", "Number", "DateTime", "Boolean"]);
    return {
      UserPoolId: pool.id,
      CustomAttributes: [{ Name: world.random.word(6), AttributeDataType, Mutable: true }],
    };
  },
  GetSigningCertificate: ofPool(),
  GetUserPoolMfaConfig: ofPool(),
  SetUserPoolMfaConfig: (world) => {
    const pool = poolOf(world);
    return pool && mfaConfigOf(pool);
  },
  CreateUserPoolReplica: (world) => {
    const pool = poolOf(world, "full");
    if (pool === undefined || pool.replicas.size > 0) return undefined;
    return { UserPoolId: pool.id, RegionName: world.random.pick(["us-west-2", "eu-west-1"]) };
  },
  ListUserPoolReplicas: ofPool(),
  UpdateUserPoolReplica: (world) => {
    const pool = world.random.pickAny(world.pools.filter(({ replicas }) => replicas.size > 0));
    const Status = world.random.pick(["ACTIVE", "INACTIVE"]);
    return pool && { UserPoolId: pool.id, RegionName: [...pool.replicas][0], Status };
  },
  DeleteUserPoolReplica: async (world) => {
    const pool = world.random.pickAny(world.pools.filter(({ replicas }) => replicas.size > 0));
    const replica = pool && { UserPoolId: pool.id, RegionName: [...pool.replicas][0] };
    if (replica) await world.send("UpdateUserPoolReplica", { ...replica, Status: "INACTIVE" });
    return replica;
  },
  DescribeRiskConfiguration: ofPool("full"),
  SetRiskConfiguration: (world) => {
    const pool = poolOf(world, "full");
    return pool && riskConfigOf(pool, world);
  },
  GetUICustomization: ofPool(),
  SetUICustomization: (world) => {
    const pool = withDomain(world);
    return pool && { UserPoolId: pool.id, CSS, ...(world.random.chance(0.5) && { ImageFile: PNG }) };
  },
  GetUserPoolSessionConfiguration: ofPool(),
  SetUserPoolSessionConfiguration: (world) => {
    const pool = poolOf(world, "full");
    return (
      pool && {
        UserPoolId: pool.id,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 5 + world.random.below(10) },
      }
    );
  },
  GetLogDeliveryConfiguration: ofPool(),
  SetLogDeliveryConfiguration: (world) => {
    const pool = poolOf(world, "full");
    return (
      pool && {
        UserPoolId: pool.id,
        LogConfigurations: world.random.some([
          {
            EventSource: "userNotification",
            LogLevel: "ERROR",
            CloudWatchLogsConfiguration: {
              LogGroupArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:errors`,
            },
          },
          {
            EventSource: "userAuthEvents",
            LogLevel: "INFO",
            S3Configuration: { BucketArn: "arn:aws:s3:::events" },
          },
        ]),
      }
    );
  },
  GetProvisionedLimit: ({ random }) => CATEGORY(random.pick(["UserAuthentication", "UserList", "UserRead"])),
  UpdateProvisionedLimit: ({ random }) => ({
    ...CATEGORY(random.pick(["UserAuthentication", "UserRead"])),
    RequestedLimitValue: random.below(900),
  }),
  TagResource: (world) => {
    const pool = poolOf(world);
    return pool && { ResourceArn: poolArn(pool.id), Tags: { [world.random.word(3)]: world.random.word(5) } };
  },
  UntagResource: (world) => {
    const pool = poolOf(world);
    return pool && { ResourceArn: poolArn(pool.id), TagKeys: ["stage", world.random.word(3)] };
  },
  ListTagsForResource: (world) => {
    const pool = poolOf(world);
    return pool && { ResourceArn: poolArn(pool.id) };
  },
} satisfies Record<string, Generator>;

function withDomain({ random, pools }: World): Pool | undefined {
  return random.pickAny(pools.filter(({ domains }) => domains.size > 0));
}
