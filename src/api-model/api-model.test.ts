import { describe, expect, it } from "vitest";
import {
  isErrorName,
  isOperationName,
  isUnsigned,
  operationModel,
  operationNames,
  shapeModel,
} from "./api-model.ts";
import { InvalidParameterException, UserNotFoundException } from "./errors.generated.ts";
import { modelText } from "./model.generated.ts";
import type { StructureShape } from "./model.ts";

/** Developer Guide, "Signed versus unsigned APIs", and the operations on an access token that are newer than it. */
const UNSIGNED =
  `AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice ConfirmForgotPassword
  ConfirmSignUp DeleteUser DeleteUserAttributes DeleteWebAuthnCredential ForgetDevice ForgotPassword GetClientToken
  GetDevice GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut
  InitiateAuth ListDevices ListUserSessions ListWebAuthnCredentials ResendConfirmationCode RespondToAuthChallenge
  RevokeToken RevokeUserSession SetUserMFAPreference SetUserSettings SignUp StartWebAuthnRegistration
  UpdateAuthEventFeedback UpdateDeviceStatus UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute`.split(
    /\s+/,
  );

/** The successes whose body has no length at all. */
const WITHOUT_OUTPUT =
  `AdminAddUserToGroup AdminDeleteUser AdminForgetDevice AdminRemoveUserFromGroup DeleteGroup
  DeleteIdentityProvider DeleteManagedLoginBranding DeleteResourceServer DeleteTerms DeleteUser DeleteUserPool
  DeleteUserPoolClient ForgetDevice`.split(/\s+/);

describe("the API model", () => {
  it("has the 140 operations of the newest SDK", () => {
    expect(operationNames()).toHaveLength(140);
    expect(isOperationName("AdminCreateUser")).toBe(true);
    expect(isOperationName("GetUserPoolSessionConfiguration")).toBe(true);
    expect(isOperationName("toString")).toBe(false);
  });

  it("leaves exactly those operations unsigned whose input proves who calls", () => {
    expect(operationNames().filter(isUnsigned)).toEqual(UNSIGNED);
  });

  it("has no output for the thirteen operations that answer with an empty body", () => {
    expect(operationNames().filter((name) => operationModel(name).output === undefined)).toEqual(
      WITHOUT_OUTPUT,
    );
  });

  it("refers only to shapes that it contains", () => {
    const visit = (name: string, seen: Set<string>): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const shape = shapeModel(name);
      if (shape.type === "structure") for (const member of Object.values(shape.members)) visit(member, seen);
      if (shape.type === "list") visit(shape.member, seen);
      if (shape.type === "map") for (const part of [shape.key, shape.value]) visit(part, seen);
    };
    const seen = new Set<string>();
    for (const name of operationNames()) {
      const { input, output, errors } = operationModel(name);
      for (const shape of [input, output ?? input, ...errors]) visit(shape, seen);
      expect(errors.every(isErrorName)).toBe(true);
    }
    expect(seen.size).toBeGreaterThan(590);
  });

  it("has the constraints of the older source and the members of the newer one", () => {
    expect(shapeModel("UserPoolIdType")).toEqual({
      type: "string",
      min: 1,
      max: 55,
      pattern: "[\\w-]+_[0-9a-zA-Z]+",
    });
    expect(shapeModel("PasswordType")).toMatchObject({ sensitive: true, max: 256 });
    const request = shapeModel("CreateUserPoolRequest") as StructureShape;
    expect(request.members.PoolName).toBe("UserPoolNameType");
    expect(request.members.DcrConfiguration).toBe("DcrConfigurationType");
  });

  it("marks only two exceptions as faults of the server", () => {
    const faults = [...modelText.matchAll(/^"(\w+)":.*"fault":true/gm)].map(([, name]) => name);
    expect(faults).toEqual(["InternalErrorException", "InternalServerException"]);
  });

  it("contains no file path of the machine that generated it", () =>
    expect(modelText).not.toMatch(/node_modules|site-packages|\/home|\/root/));
});

describe("an exception of the service", () => {
  it("carries its wire name, its message and the other members of its body", () => {
    const error = new UserNotFoundException("User does not exist.");
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      code: "UserNotFoundException",
      message: "User does not exist.",
      members: {},
    });
    expect(new InvalidParameterException("x", { members: { reasonCode: "y" } }).members).toEqual({
      reasonCode: "y",
    });
  });
});
