import { describe, expect, it } from "vitest";
import { isPoolId, poolArn, poolIdOfArn, poolNamePart, regionOf } from "./pool-ids.ts";

describe("a pool id", () => {
  it("consists of a region and the name that SRP uses", () => {
    expect(isPoolId("us-east-1_AbCdEfGhI")).toBe(true);
    expect(regionOf("us-east-1_AbCdEfGhI")).toBe("us-east-1");
    expect(poolNamePart("us-east-1_AbCdEfGhI")).toBe("AbCdEfGhI");
  });

  it.each(["", "us-east-1", "us-east-1_Ab\0", "__proto__", "../us-east-1_Ab", `us-east-1_${"a".repeat(50)}`])(
    "is not %j",
    (text) => expect(isPoolId(text)).toBe(false),
  );

  it("can be converted to an ARN and back", () => {
    const arn = poolArn("123456789012", "eu-west-1_AbCdEfGhI");
    expect(arn).toBe("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI");
    expect(poolIdOfArn(arn)).toEqual({ accountId: "123456789012", poolId: "eu-west-1_AbCdEfGhI" });
  });

  it.each([
    "us-east-1_AbCdEfGhI",
    "arn:aws:cognito-idp:us-east-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
    "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI/client/x",
    "arn:aws:cognito-identity:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI",
    "arn:aws-cn:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI",
    "arn:aws:iam::123456789012:user/someone",
  ])("is not read from the invalid ARN %s", (arn) => {
    expect(poolIdOfArn(arn)).toBeUndefined();
  });
});
