import { describe, expect, it } from "vitest";
import { InvalidParameterException } from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";
import { checkRegions } from "./check-regions.ts";

const identity = (region: string) => `arn:aws:ses:${region}:123456789012:identity/a@example.com`;
const lambda = (region: string) => `arn:aws:lambda:${region}:123456789012:function:f`;
const key = (region: string) => `arn:aws:kms:${region}:123456789012:key/k`;
const SnsCallerArn = "arn:aws:iam::999999999999:role/sms";

describe("resources of a pool in us-east-1", () => {
  it.each<[string, UserPoolSettings, string]>([
    [
      "a sender of another region",
      { EmailConfiguration: { SourceArn: identity("ap-northeast-1") } },
      "Invalid EmailConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.",
    ],
    [
      "a sender whose From is no address",
      { EmailConfiguration: { SourceArn: identity("us-east-1"), From: "nobody" } },
      "Provided From email address is invalid",
    ],
    [
      "another SNS region",
      { SmsConfiguration: { SnsCallerArn, SnsRegion: "us-west-2" } },
      "Invalid snsRegion. Allowed SNS region for us-east-1 is us-east-1",
    ],
    [
      "another region of End User Messaging",
      {
        SmsConfiguration: { EumsSms: { CallerArn: SnsCallerArn, Region: "us-west-2" } },
      },
      "Invalid EumsSms.Region. Allowed End User Messaging region for us-east-1 is us-east-1",
    ],
    [
      "a customer managed key of another region",
      { KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: key("us-west-2") } },
      "The KMS key of a user pool must be in its region, us-east-1.",
    ],
    [
      "a function of another region",
      { LambdaConfig: { PreSignUp: lambda("ap-northeast-1") } },
      "Cross-region lambda functions are not supported",
    ],
    [
      "a custom sender of another region",
      {
        LambdaConfig: {
          CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: lambda("ap-northeast-1") },
          KMSKeyID: key("us-east-1"),
        },
      },
      "Cross-region lambda functions are not supported",
    ],
    [
      "a key of another region",
      { LambdaConfig: { KMSKeyID: key("ap-northeast-1") } },
      "Encountered error when CreateGrant was attempted on the input KMS key - Invalid arn ap-northeast-1",
    ],
  ])("cannot be %s", (_, settings, text) =>
    expect(() => checkRegions(settings, "us-east-1")).toThrow(new InvalidParameterException(text)),
  );

  it.each(["a@example.com", "Example <a@example.com>", '"Ex, A." <a@example.com>'])(
    "can have %s as the sender",
    (From) =>
      expect(() =>
        checkRegions({ EmailConfiguration: { SourceArn: identity("us-west-2"), From } }, "us-east-1"),
      ).not.toThrow(),
  );

  it("can be roles of other accounts", () =>
    expect(() =>
      checkRegions({ SmsConfiguration: { SnsCallerArn, SnsRegion: "us-east-1" } }, "us-east-1"),
    ).not.toThrow());
});

it("a pool of another region can have a sender of its own region", () =>
  expect(() =>
    checkRegions({ EmailConfiguration: { SourceArn: identity("ap-northeast-1") } }, "ap-northeast-1"),
  ).not.toThrow());

it("a pool of the region local can name resources of any region", () =>
  expect(() => checkRegions({ LambdaConfig: { PreSignUp: lambda("us-east-1") } }, "local")).not.toThrow());
