import { describe, expect, it } from "vitest";
import { withoutSecrets, xmlWithoutSecrets } from "./secret-members.ts";

describe("a request or an answer whose secrets are removed", () => {
  it.each([
    "Password",
    "TemporaryPassword",
    "PreviousPassword",
    "NEW_PASSWORD",
    "ClientSecret",
    "SECRET_HASH",
    "SECRET_BLOCK",
    "SecretAccessKey",
    "AccessToken",
    "REFRESH_TOKEN",
    "Session",
    "ConfirmationCode",
    "SMS_MFA_CODE",
    "UserCode",
    "ANSWER",
    "SRP_A",
    "SALT",
    "PASSWORD_CLAIM_SIGNATURE",
    "PasswordVerifier",
    "client_secret",
  ])("hides %s", (name) =>
    expect(withoutSecrets({ AuthParameters: [{ [name]: "open sesame" }] })).toEqual({
      AuthParameters: [{ [name]: "••••••••" }],
    }),
  );

  it("shows members that are not secret", () => {
    const input = {
      UserPoolId: "us-east-1_a",
      Username: "jane",
      Policies: { PasswordPolicy: { MinimumLength: 8 } },
      TokenType: "Bearer",
      ChallengeName: "PASSWORD_VERIFIER",
    };
    expect(withoutSecrets(input)).toEqual(input);
  });

  it("leaves out deeply nested members", () => {
    const nested = JSON.parse("[".repeat(5000) + "]".repeat(5000));
    expect(JSON.stringify(withoutSecrets(nested)).length).toBeLessThan(100);
  });

  it("hides secrets in IAM's XML", () =>
    expect(
      xmlWithoutSecrets("<AccessKeyId>AKIA</AccessKeyId><SecretAccessKey>abc/+=</SecretAccessKey>"),
    ).toBe("<AccessKeyId>AKIA</AccessKeyId><SecretAccessKey>••••••••</SecretAccessKey>"));
});
