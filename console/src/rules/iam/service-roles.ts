/** IAM roles that the console makes for Cognito, as AWS's console does: a trust policy and the policy that the purpose needs. */
import type { SmsService } from "../messages/message-delivery.ts";

export interface NewServiceRole {
  readonly trustPolicy: string;
  readonly policyName: string;
  readonly policy: string;
}

const document = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement }, null, 2);

const trust = (condition: object = {}) =>
  document({
    Effect: "Allow",
    Principal: { Service: "cognito-idp.amazonaws.com" },
    Action: "sts:AssumeRole",
    ...condition,
  });

/**
 * Writes the results of import jobs to CloudWatch Logs.
 *
 * @see Developer Guide, "Creating the CloudWatch Logs IAM role"
 */
export function importRole(region: string, accountId: string): NewServiceRole {
  return {
    trustPolicy: trust(),
    policyName: "Cognito-UserImport",
    policy: document({
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [`arn:aws:logs:${region}:${accountId}:log-group:/aws/cognito/*`],
    }),
  };
}

export const SMS_ROLE_NAME = "Cognito-SMS";

const sendAction = { sns: "sns:publish", eums: "sms-voice:SendTextMessage" } as const;

/**
 * Sends text messages.
 *
 * @param externalId that Cognito names when it assumes the role; empty for none
 * @see Developer Guide, "SMS message settings for Amazon Cognito user pools"; API Reference, "EumsSmsConfigurationType"
 */
export function smsRole(service: SmsService, externalId: string): NewServiceRole {
  return {
    trustPolicy: trust(
      externalId === "" ? {} : { Condition: { StringEquals: { "sts:ExternalId": externalId } } },
    ),
    policyName: "Cognito-SMS",
    policy: document({ Effect: "Allow", Action: [sendAction[service]], Resource: ["*"] }),
  };
}
