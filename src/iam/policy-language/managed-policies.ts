/**
 * AWS's managed policies for user pools, and the general ones in common use: names, versions, dates and documents as AWS
 * publishes them.
 *
 * ReadOnlyAccess is the part that concerns the services named here; the whole has thousands of actions of other services.
 *
 * @see AWS Managed Policy Reference Guide
 */
import { uniqueIdOfName } from "../identifiers.ts";

export interface AwsManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  /** `ANPA…`. Derived from the name: stable, but not AWS's id. */
  readonly id: string;
  readonly description: string;
  readonly versionId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly document: string;
}

interface PolicyFacts {
  readonly path?: string;
  readonly versionId: string;
  readonly created: string;
  readonly updated?: string;
  readonly description: string;
  readonly statements: readonly object[];
}

const allow = (action: string | readonly string[], resource: string | readonly string[] = "*") => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});

const FACTS: Readonly<Record<string, PolicyFacts>> = {
  AdministratorAccess: {
    versionId: "v1",
    created: "2015-02-06T18:39:46Z",
    description: "Provides full access to AWS services and resources.",
    statements: [allow("*")],
  },
  AmazonCognitoDeveloperAuthenticatedIdentities: {
    versionId: "v1",
    created: "2015-03-24T17:22:23Z",
    description:
      "Provides access to Amazon Cognito APIs to support developer authenticated identities from your authentication backend.",
    statements: [
      allow([
        "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
        "cognito-identity:LookupDeveloperIdentity",
        "cognito-identity:MergeDeveloperIdentities",
        "cognito-identity:UnlinkDeveloperIdentity",
      ]),
    ],
  },
  AmazonCognitoIdpEmailServiceRolePolicy: {
    path: "/aws-service-role/",
    versionId: "v1",
    created: "2019-03-21T21:32:25Z",
    description: "Allows Amazon Cognito User Pools service to use your SES identities for email sending.",
    statements: [
      allow(["ses:SendEmail", "ses:SendRawEmail"]),
      { Effect: "Deny", Action: ["ses:List*"], Resource: "*" },
    ],
  },
  AmazonCognitoIdpServiceRolePolicy: {
    path: "/aws-service-role/",
    versionId: "v1",
    created: "2020-06-26T22:30:20Z",
    description: "Enables access to AWS services and resources used or managed by Amazon Cognito User Pools.",
    statements: [allow(["cognito-idp:Describe*"])],
  },
  AmazonCognitoPowerUser: {
    versionId: "v9",
    created: "2015-03-24T17:14:56Z",
    updated: "2026-02-12T18:00:09Z",
    description: "Provides administrative access to existing Amazon Cognito resources.",
    statements: [
      allow([
        "cognito-identity:*",
        "cognito-idp:*",
        "cognito-sync:*",
        "iam:ListRoles",
        "iam:ListOpenIdConnectProviders",
        "iam:GetRole",
        "iam:ListSAMLProviders",
        "iam:GetSAMLProvider",
        "kinesis:ListStreams",
        "lambda:GetPolicy",
        "lambda:ListFunctions",
        "sns:GetSMSSandboxAccountStatus",
        "sns:ListPlatformApplications",
        "ses:ListIdentities",
        "ses:GetIdentityVerificationAttributes",
        "mobiletargeting:GetApps",
        "acm:ListCertificates",
        "sms-voice:DescribeAccountAttributes",
      ]),
      {
        ...allow("iam:CreateServiceLinkedRole"),
        Condition: {
          StringEquals: {
            "iam:AWSServiceName": ["cognito-idp.amazonaws.com", "email.cognito-idp.amazonaws.com"],
          },
        },
      },
      allow(
        ["iam:DeleteServiceLinkedRole", "iam:GetServiceLinkedRoleDeletionStatus"],
        [
          "arn:aws:iam::*:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp*",
          "arn:aws:iam::*:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmail*",
        ],
      ),
    ],
  },
  AmazonCognitoReadOnly: {
    versionId: "v4",
    created: "2015-03-24T17:06:46Z",
    updated: "2019-08-01T19:21:04Z",
    description: "Provides read only access to Amazon Cognito resources.",
    statements: [
      allow([
        "cognito-identity:Describe*",
        "cognito-identity:Get*",
        "cognito-identity:List*",
        "cognito-idp:Describe*",
        "cognito-idp:AdminGet*",
        "cognito-idp:AdminList*",
        "cognito-idp:List*",
        "cognito-idp:Get*",
        "cognito-sync:Describe*",
        "cognito-sync:Get*",
        "cognito-sync:List*",
        "iam:ListOpenIdConnectProviders",
        "iam:ListRoles",
        "sns:ListPlatformApplications",
      ]),
    ],
  },
  AmazonCognitoUnAuthedIdentitiesSessionPolicy: {
    versionId: "v3",
    created: "2023-07-19T23:04:05Z",
    updated: "2024-11-01T18:12:44Z",
    description: "Maximum set of permissions allowed for unauthenticated identities of Amazon Cognito.",
    statements: [
      {
        Sid: "CognitoUnAuthedIdentitiesSessionPolicy",
        ...allow([
          "rum:PutRumEvents",
          "sagemaker:InvokeEndpoint",
          "polly:*",
          "comprehend:*",
          "translate:*",
          "transcribe:*",
          "rekognition:*",
          "mobiletargeting:*",
          "firehose:*",
          "personalize:*",
          "geo:GetMap*",
          "geo:SearchPlaceIndex*",
          "geo:GetPlace",
          "geo:CalculateRoute*",
          "geo:*Geofence",
          "geo:*Geofences",
          "geo:*DevicePosition*",
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncryptTo",
          "kms:ReEncryptFrom",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyPair",
          "kms:GenerateDataKeyPairWithoutPlaintext",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]),
      },
    ],
  },
  AmazonCognitoUnauthenticatedIdentities: {
    versionId: "v1",
    created: "2023-02-01T22:36:27Z",
    description: "Permissions for unauthenticated identities of Amazon Cognito.",
    statements: [allow("rum:PutRumEvents")],
  },
  IAMFullAccess: {
    versionId: "v2",
    created: "2015-02-06T18:40:38Z",
    updated: "2019-06-21T19:40:00Z",
    description: "Provides full access to IAM via the AWS Management Console.",
    statements: [
      allow([
        "iam:*",
        "organizations:DescribeAccount",
        "organizations:DescribeOrganization",
        "organizations:DescribeOrganizationalUnit",
        "organizations:DescribePolicy",
        "organizations:ListChildren",
        "organizations:ListParents",
        "organizations:ListPoliciesForTarget",
        "organizations:ListRoots",
        "organizations:ListPolicies",
        "organizations:ListTargetsForPolicy",
      ]),
    ],
  },
  IAMReadOnlyAccess: {
    versionId: "v4",
    created: "2015-02-06T18:40:39Z",
    updated: "2018-01-25T19:11:27Z",
    description: "Provides read only access to IAM via the AWS Management Console.",
    statements: [
      allow([
        "iam:GenerateCredentialReport",
        "iam:GenerateServiceLastAccessedDetails",
        "iam:Get*",
        "iam:List*",
        "iam:SimulateCustomPolicy",
        "iam:SimulatePrincipalPolicy",
      ]),
    ],
  },
  PowerUserAccess: {
    versionId: "v12",
    created: "2015-02-06T18:39:47Z",
    updated: "2026-02-12T17:59:14Z",
    description:
      "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
    statements: [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      allow([
        "account:GetAccountInformation",
        "account:GetGovCloudAccountInformation",
        "account:GetPrimaryEmail",
        "account:ListRegions",
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:ListRoles",
        "organizations:DescribeEffectivePolicy",
        "organizations:DescribeOrganization",
      ]),
    ],
  },
  IAMUserChangePassword: {
    versionId: "v2",
    created: "2016-11-15T00:25:16Z",
    updated: "2016-11-15T23:18:55Z",
    description: "Provides the ability for an IAM user to change their own password.",
    statements: [
      allow("iam:ChangePassword", [
        `arn:aws:iam::*:user/\${aws:username}`,
        `arn:aws:iam::*:user/*/\${aws:username}`,
      ]),
      allow("iam:GetAccountPasswordPolicy"),
    ],
  },
  ReadOnlyAccess: {
    versionId: "v182",
    created: "2015-02-06T18:39:48Z",
    updated: "2026-04-03T00:00:00Z",
    description: "Provides read-only access to AWS services and resources.",
    statements: [
      allow([
        "cognito-identity:Describe*",
        "cognito-identity:GetCredentialsForIdentity",
        "cognito-identity:GetIdentityPoolAnalytics",
        "cognito-identity:GetIdentityPoolDailyAnalytics",
        "cognito-identity:GetIdentityPoolRoles",
        "cognito-identity:GetIdentityProviderDailyAnalytics",
        "cognito-identity:GetOpenIdToken",
        "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
        "cognito-identity:List*",
        "cognito-identity:Lookup*",
        "cognito-idp:AdminGet*",
        "cognito-idp:AdminList*",
        "cognito-idp:Describe*",
        "cognito-idp:Get*",
        "cognito-idp:List*",
        "iam:Generate*",
        "iam:Get*",
        "iam:List*",
        "iam:Simulate*",
        "sts:GetAccessKeyInfo",
        "sts:GetCallerIdentity",
        "sts:GetSessionToken",
      ]),
    ],
  },
};

/** Every policy of account `aws` that this server has, in order of their names. */
export function awsManagedPolicies(): readonly AwsManagedPolicy[] {
  return [...policiesByArn().values()];
}

/** The policy of account `aws` with an ARN. */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  return policiesByArn().get(arn);
}

let known: ReadonlyMap<string, AwsManagedPolicy> | undefined;

function policiesByArn(): ReadonlyMap<string, AwsManagedPolicy> {
  known ??= new Map(
    Object.entries(FACTS)
      .map(policyOf)
      .map((policy) => [policy.arn, policy]),
  );
  return known;
}

function policyOf([name, facts]: [string, PolicyFacts]): AwsManagedPolicy {
  return {
    name,
    arn: `arn:aws:iam::aws:policy${facts.path ?? "/"}${name}`,
    path: facts.path ?? "/",
    id: uniqueIdOfName("ANPA", name),
    description: facts.description,
    versionId: facts.versionId,
    createdAt: Date.parse(facts.created),
    updatedAt: Date.parse(facts.updated ?? facts.created),
    document: JSON.stringify({ Version: "2012-10-17", Statement: facts.statements }),
  };
}
