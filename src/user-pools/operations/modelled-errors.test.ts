import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  CodeDeliveryFailureException,
  isOperationName,
  LimitExceededException,
  operationModel,
  operationNames,
  ResourceNotFoundException,
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
      "ListWebAuthnCredentials",
      new ResourceNotFoundException("User pool client none does not exist."),
      "NotAuthorizedException: Access Token has been revoked",
    ],
    [
      "InitiateAuth",
      new LimitExceededException("Attempt limit exceeded, please try after some time."),
      "TooManyRequestsException: Attempt limit exceeded, please try after some time.",
    ],
  ] as const)("of %s that its model does not list becomes one that it lists", (operation, error, expected) =>
    expect(String(asModelledError(operation, error))).toBe(expected),
  );

  it("is unchanged if it is a defect", () => {
    const error = new TypeError("defect");
    expect(asModelledError("GetUser", error)).toBe(error);
  });
});

describe("the docstring of an operation", () => {
  const docstrings = globSync("*/*.ts", { cwd: import.meta.dirname }).flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, file), "utf8");
    return [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const \w+: Operation<\s*"(\w+)"/g)].map(
      ([, docstring = "", operation = ""]) => ({ operation, docstring }),
    );
  });

  it("exists and names its source", () => {
    const named = docstrings.filter(({ operation, docstring }) =>
      docstring.includes(`@see API Reference, "${operation}"`),
    );
    expect(named.map(({ operation }) => operation).sort()).toEqual([...operationNames()].sort());
  });

  it("names exceptions that its model lists", () => {
    const others = docstrings.flatMap(({ operation, docstring }) => {
      const { errors } = operationModel(isOperationName(operation) ? operation : "GetUser");
      return [...docstring.matchAll(/@throws (\w+)/g)]
        .filter(([, name]) => !errors.some((error) => error === name))
        .map(([, name]) => `${operation}: ${name}`);
    });
    expect(others).toEqual([]);
  });
});
