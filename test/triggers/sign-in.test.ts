import { describe, expect, it } from "vitest";
import { caller, functionOf, poolWith, refused, startFunctionServer } from "./functions.ts";

startFunctionServer();

describe("a sign-in by password", () => {
  it("invokes PreAuthentication, PostAuthentication and PreTokenGeneration, each with its event", async () => {
    const [pre, post, tokens] = [await functionOf(""), await functionOf(""), await functionOf("")];
    const pool = await poolWith(
      { PreAuthentication: pre.arn, PostAuthentication: post.arn, PreTokenGeneration: tokens.arn },
      {},
      { PreventUserExistenceErrors: "ENABLED" },
    );
    const sub = await pool.addJane({ email: "jane@example.com", email_verified: "true" });
    await pool.signIn({ tenant: "blue" });
    const envelope = {
      version: "1",
      region: "us-east-1",
      userPoolId: pool.poolId,
      userName: "jane",
      callerContext: caller(pool.clientId),
    };
    const userAttributes = {
      sub,
      "cognito:user_status": "CONFIRMED",
      email: "jane@example.com",
      email_verified: "true",
    };
    expect(await pre.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PreAuthentication_Authentication",
        request: { userAttributes, validationData: { tenant: "blue" }, userNotFound: false },
        response: {},
      },
    ]);
    expect(await post.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PostAuthentication_Authentication",
        request: { userAttributes, newDeviceUsed: false },
        response: {},
      },
    ]);
    expect(await tokens.events()).toEqual([
      {
        ...envelope,
        triggerSource: "TokenGeneration_Authentication",
        request: {
          userAttributes,
          groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        },
        response: { claimsOverrideDetails: null },
      },
    ]);
  });

  it.each([
    ["PreAuthentication", "PreAuthentication failed with error No.."],
    ["PostAuthentication", "PostAuthentication failed with error No.."],
    ["PreTokenGeneration", "PreTokenGeneration failed with error No.."],
  ] as const)("is rejected if %s throws", async (trigger, message) => {
    const { arn } = await functionOf("throw new Error('No.');");
    const pool = await poolWith({ [trigger]: arn });
    await pool.addJane();
    await expect(pool.signIn()).rejects.toMatchObject(refused("UserLambdaValidationException", message));
  });

  it("invokes PreAuthentication before it checks the password, also for a user who does not exist", async () => {
    const pre = await functionOf("");
    const pool = await poolWith(
      { PreAuthentication: pre.arn },
      {},
      { PreventUserExistenceErrors: "ENABLED" },
    );
    await expect(pool.signIn()).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await pre.events()).toMatchObject([
      { userName: "jane", request: { userAttributes: {}, validationData: null, userNotFound: true } },
    ]);
  });

  it.each([
    [
      "a missing function",
      undefined,
      "UnexpectedLambdaException",
      "PreAuthentication invocation failed due to error ResourceNotFoundException.",
    ],
    [
      "a string in place of a JSON object",
      "return 'text';",
      "InvalidLambdaResponseException",
      "Unrecognizable lambda output",
    ],
    ["null", "return null;", "InvalidLambdaResponseException", "Unrecognizable lambda output"],
    [
      "an event without response",
      "delete event.response;",
      "InvalidLambdaResponseException",
      "Unrecognizable lambda output",
    ],
    [
      "another user name",
      "event.userName = 'john';",
      "InvalidLambdaResponseException",
      "Invalid user name. User name in Lambda mismatches the actual username.",
    ],
    [
      "the end of the process",
      "process.exit(129);",
      "UserLambdaValidationException",
      expect.stringMatching(
        /^PreAuthentication failed with error RequestId: [\w-]+ Error: Runtime exited with error: exit status 129\.$/,
      ),
    ],
  ])("is rejected if the function returns or causes %s", async (_, body, name, message) => {
    const { arn } =
      body === undefined
        ? { arn: "arn:aws:lambda:us-east-1:123456789012:function:none" }
        : await functionOf(body);
    const pool = await poolWith({ PreAuthentication: arn });
    await pool.addJane();
    await expect(pool.signIn()).rejects.toMatchObject({ name, message });
  });
});
