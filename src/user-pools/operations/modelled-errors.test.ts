import { describe, expect, it } from "vitest";
import {
  CodeDeliveryFailureException,
  LimitExceededException,
  UserNotFoundException,
} from "../../api-model/index.ts";
import { asModelledError } from "./modelled-errors.ts";

describe("an exception of an operation", () => {
  it("is unchanged if the operation's model lists it", () => {
    const error = new UserNotFoundException("User does not exist.");
    expect(asModelledError("GetUser", error)).toBe(error);
  });

  it.each([
    [
      "AdminResetUserPassword",
      new CodeDeliveryFailureException("Unable to send the message."),
      "InvalidParameterException: Unable to send the message.",
    ],
    [
      "AssociateSoftwareToken",
      new UserNotFoundException("User does not exist."),
      "NotAuthorizedException: Access Token has been revoked",
    ],
    [
      "InitiateAuth",
      new LimitExceededException("Attempt limit exceeded, please try after some time."),
      "TooManyRequestsException: Attempt limit exceeded, please try after some time.",
    ],
  ] as const)("of %s becomes one that its model lists", (operation, error, expected) =>
    expect(String(asModelledError(operation, error))).toBe(expected),
  );

  it("is unchanged if it is a defect", () => {
    const error = new TypeError("defect");
    expect(asModelledError("GetUser", error)).toBe(error);
  });
});
