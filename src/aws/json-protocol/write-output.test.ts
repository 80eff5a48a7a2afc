import { describe, expect, it } from "vitest";
import { writeOutput } from "./write-output.ts";

describe("outputs", () => {
  it("hold times as seconds with milliseconds as their fraction, wherever they are", () => {
    const user = { Username: "jane", UserCreateDate: 1547833345777, UserLastModifiedDate: 1547833345000 };
    expect(writeOutput("AdminCreateUser", { User: user })).toBe(
      '{"User":{"UserCreateDate":1547833345.777,"UserLastModifiedDate":1547833345,"Username":"jane"}}',
    );
    expect(JSON.parse(writeOutput("ListUsers", { Users: [user] })).Users[0].UserCreateDate).toBe(
      1547833345.777,
    );
  });

  it("hold bytes as base64", () => {
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

  it("leave out what is undefined, but not what is false", () => {
    expect(writeOutput("AdminCreateUser", { User: { Username: undefined, Enabled: false } })).toBe(
      '{"User":{"Enabled":false}}',
    );
  });

  it("leave out what the model does not know, so that nothing leaks beside it", () => {
    const user = {
      Username: "jane",
      passwordVerifier: "secret",
      Attributes: [{ Name: "email", Value: "e", hidden: 1 }],
    };
    expect(writeOutput("AdminCreateUser", { User: user })).toBe(
      '{"User":{"Attributes":[{"Name":"email","Value":"e"}],"Username":"jane"}}',
    );
  });

  it("have the members of structures and maps in alphabetical order", () => {
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

  it("are an empty object for a structure without members and nothing at all without output", () => {
    expect(writeOutput("AdminDisableUser", {})).toBe("{}");
    expect(writeOutput("AdminDeleteUser", {})).toBe("");
  });

  it("are a defect when a time is no number", () => {
    const user = { UserCreateDate: Number.NaN };
    expect(() => writeOutput("AdminCreateUser", { User: user })).toThrow(TypeError);
  });
});
