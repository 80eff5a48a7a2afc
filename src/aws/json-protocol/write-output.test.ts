import { describe, expect, it } from "vitest";
import { writeOutput } from "./write-output.ts";

describe("outputs", () => {
  it("write times as seconds with milliseconds as the fraction, at every level", () => {
    const user = { Username: "jane", UserCreateDate: 1547833345777, UserLastModifiedDate: 1547833345000 };
    expect(writeOutput("AdminCreateUser", { User: user })).toBe(
      '{"User":{"UserCreateDate":1547833345.777,"UserLastModifiedDate":1547833345,"Username":"jane"}}',
    );
    expect(JSON.parse(writeOutput("ListUsers", { Users: [user] })).Users[0].UserCreateDate).toBe(
      1547833345.777,
    );
  });

  it("write bytes as base64", () => {
    const body = writeOutput("CreateManagedLoginBranding", {
      ManagedLoginBranding: {
        Assets: [
          {
            Category: "FAVICON_ICO",
            ColorMode: "LIGHT",
            Extension: "ICO",
            Bytes: new Uint8Array([0, 1, 255]),
          },
        ],
      },
    });
    expect(JSON.parse(body).ManagedLoginBranding.Assets[0].Bytes).toBe("AAH/");
  });

  it("omit undefined members but keep false ones", () => {
    expect(writeOutput("AdminCreateUser", { User: { Username: undefined, Enabled: false } })).toBe(
      '{"User":{"Enabled":false}}',
    );
  });

  it("omit members that the model does not have, so that nothing leaks", () => {
    const user = {
      Username: "jane",
      passwordVerifier: "secret",
      Attributes: [{ Name: "email", Value: "e", hidden: 1 }],
    };
    expect(writeOutput("AdminCreateUser", { User: user })).toBe(
      '{"User":{"Attributes":[{"Name":"email","Value":"e"}],"Username":"jane"}}',
    );
  });

  it("order the members of structures and maps alphabetically", () => {
    expect(
      writeOutput("InitiateAuth", {
        Session: "s",
        ChallengeParameters: { userAttributes: "{}", USER_ID_FOR_SRP: "jane", USERNAME: "jane" },
        ChallengeName: "NEW_PASSWORD_REQUIRED",
      }),
    ).toBe(
      '{"ChallengeName":"NEW_PASSWORD_REQUIRED","ChallengeParameters":{"USERNAME":"jane","USER_ID_FOR_SRP":"jane","userAttributes":"{}"},"Session":"s"}',
    );
  });

  it("are {} for a structure without members, and empty for an operation without output", () => {
    expect(writeOutput("AdminDisableUser", {})).toBe("{}");
    expect(writeOutput("AdminDeleteUser", {})).toBe("");
  });

  it("throw when a time is not a number", () => {
    const user = { UserCreateDate: Number.NaN };
    expect(() => writeOutput("AdminCreateUser", { User: user })).toThrow(TypeError);
  });
});
