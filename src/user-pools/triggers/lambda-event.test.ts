import { describe, expect, it } from "vitest";
import { poolRecord, userRecord } from "../../storage/contract/fixtures.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import type { RequestContext } from "../request-context.ts";
import { lambdaEvent } from "./lambda-event.ts";

const METADATA = { tenant: "blue" };
const requestContext: RequestContext = {
  requestId: "request",
  region: "us-east-1",
  callerArn: undefined,
  sourceIp: "127.0.0.1",
  userAgent: undefined,
  clientMetadata: undefined,
  userContextData: undefined,
};
const signInNames = [
  { kind: "username", key: "jane" },
  { kind: "email", key: "jane@example.com" },
] as const;
const attributes = { email: "jane@example.com", phone_number: "+15550104567" };

/** The event of PostConfirmation for a user with a proved e-mail address. */
function postConfirmation(settings: UserPoolRecord["settings"], request: Partial<RequestContext> = {}) {
  const pool = poolRecord({ settings });
  return lambdaEvent(
    "PostConfirmation_ConfirmSignUp",
    { trigger: "PostConfirmation", arn: "arn", version: "1" },
    {
      pool,
      clientId: "client",
      username: "jane",
      user: userRecord(pool.id, { username: "jane", signInNames: [...signInNames], attributes }),
      request: {},
      requestContext: { ...requestContext, ...request },
    },
  );
}

describe("the attributes of a user in a function's event", () => {
  const own = { sub: "sub-of-jane", "cognito:user_status": "CONFIRMED", ...attributes };

  it("have the alias that the pool allows and the user can sign in with", () => {
    expect(postConfirmation({ AliasAttributes: ["email", "phone_number"] })).toHaveProperty("request", {
      userAttributes: { ...own, "cognito:email_alias": "jane@example.com" },
    });
  });

  it.each([
    ["has none", {}],
    ["has others", { AliasAttributes: ["phone_number" as const] }],
    ["has addresses as usernames", { UsernameAttributes: ["email" as const] }],
  ])("have no alias of the kind if the pool %s", (_, settings) => {
    expect(postConfirmation(settings)).toHaveProperty("request", { userAttributes: own });
  });
});

describe("the client metadata in a function's event", () => {
  const pool = poolRecord();
  const event = (source: string, trigger: string, clientMetadata?: typeof METADATA) =>
    lambdaEvent(
      source as "PostAuthentication_Authentication",
      { trigger, arn: "arn", version: "1" },
      {
        pool,
        clientId: null,
        username: "jane",
        user: undefined,
        request: {} as { newDeviceUsed: boolean },
        requestContext: { ...requestContext, clientMetadata },
      },
    );

  it("are those of the call, or left out", () => {
    expect(event("PostAuthentication_Authentication", "PostAuthentication", METADATA)).toHaveProperty(
      "request",
      { userAttributes: {}, clientMetadata: METADATA },
    );
    expect(event("PostAuthentication_Authentication", "PostAuthentication")).toHaveProperty("request", {
      userAttributes: {},
    });
  });

  it("are left out for PreAuthentication, which gets them as validationData", () => {
    expect(event("PreAuthentication_Authentication", "PreAuthentication", METADATA)).toHaveProperty(
      "request",
      { userAttributes: {} },
    );
  });

  it.each(["CustomEmailSender", "CustomSMSSender"])(
    "are null if there are none for %s, which answers nothing",
    (sender) => {
      expect(event(`${sender}_SignUp`, sender)).toMatchObject({ request: { clientMetadata: null } });
      expect(event(`${sender}_SignUp`, sender, METADATA)).toMatchObject({
        request: { clientMetadata: METADATA },
      });
      expect(event(`${sender}_SignUp`, sender)).not.toHaveProperty("response");
    },
  );
});

describe("the SDK in a function's event", () => {
  it.each([
    [undefined, "aws-sdk-unknown-unknown"],
    ["curl/8.5.0", "aws-sdk-unknown-unknown"],
    ["app/1.0 aws-sdk-unreleased", "aws-sdk-unknown-unknown"],
    ["aws-sdk-js/3.1169.0 ua/2.1 os/linux", "aws-sdk-js-3.1169.0"],
    ["app aws-sdk-ruby3/3.190.0 ua/2.0", "aws-sdk-ruby3-3.190.0"],
  ])("of the user agent %s is %s", (userAgent, awsSdkVersion) => {
    expect(postConfirmation({}, { userAgent })).toMatchObject({
      callerContext: { awsSdkVersion, clientId: "client" },
    });
  });
});
