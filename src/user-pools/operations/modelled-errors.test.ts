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
import { OwnerMissing } from "../../storage/index.ts";
import type { OperationTable } from "../operation.ts";
import { asModelledError, withModelledErrors } from "./modelled-errors.ts";

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

describe("what an operation writes for an owner that was deleted meanwhile", () => {
  it.each([
    ["CreateGroup", { UserPoolId: "pool" }, "ResourceNotFoundException: User pool pool does not exist."],
    ["SetUICustomization", { UserPoolId: "pool", ClientId: "id" }, "ResourceNotFoundException"],
    [
      "AdminForgetDevice",
      { UserPoolId: "pool", Username: "a" },
      "UserNotFoundException: User does not exist.",
    ],
    ["ConfirmDevice", { AccessToken: "token" }, "NotAuthorizedException: Access Token has been revoked"],
    [
      "GetTokensFromRefreshToken",
      { ClientId: "id" },
      "ResourceNotFoundException: User pool client id does not exist.",
    ],
  ] as const)("is refused by %s of %j as %s", async (operation, input, expected) => {
    const fails = async () => {
      throw new OwnerMissing("owner");
    };
    const table = withModelledErrors({ [operation]: fails } as Partial<OperationTable>);
    const run = table[operation] as (given: unknown) => Promise<unknown>;
    await expect(run(input).catch(String)).resolves.toContain(expected);
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
