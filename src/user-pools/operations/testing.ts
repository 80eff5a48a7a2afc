/**
 * Calling operations by name, for tests of their rules.
 */
import {
  type CreateUserPoolClientRequest,
  type CreateUserPoolRequest,
  type OperationName,
  type Operations,
  operationModel,
  ServiceException,
} from "../../api-model/index.ts";
import type { OperationContext } from "../operation.ts";
import { operations } from "./registry.ts";

export interface Caller {
  call<Name extends OperationName>(
    name: Name,
    input: Operations[Name]["input"],
  ): Promise<Operations[Name]["output"]>;
  /**
   * Calls an operation that is to refuse.
   *
   * @returns the exception's name and message
   * @throws Error it did not refuse, or with an exception that its model does not list
   */
  refusal<Name extends OperationName>(
    name: Name,
    input: Operations[Name]["input"],
  ): Promise<[string, string]>;
  /**
   * The answer of an operation, or its exception as `Name: message`.
   *
   * @throws Error it refused with an exception that its model does not list
   */
  outcome<Name extends OperationName>(name: Name, input: Operations[Name]["input"]): Promise<unknown>;
  /** Makes a pool. @returns its id */
  pool(settings?: Partial<CreateUserPoolRequest>): Promise<string>;
  /** Makes an app client that can sign in with a plain password. @returns its id */
  client(UserPoolId: string, settings?: Partial<CreateUserPoolClientRequest>): Promise<string>;
  /** Signs a user in with a plain password. @returns the access token */
  signIn(ClientId: string, USERNAME: string, PASSWORD: string): Promise<string>;
}

export function caller(context: OperationContext): Caller {
  const call: Caller["call"] = async (name, input) => operations[name](input, context);
  const outcome: Caller["outcome"] = async (name, input) => {
    try {
      return await call(name, input);
    } catch (error) {
      if (!(error instanceof ServiceException)) throw error;
      if (operationModel(name).errors.includes(error.code)) return error;
      throw new Error(`${name} answered with ${error.code}, which its model does not list.`, {
        cause: error,
      });
    }
  };
  return {
    call,
    async outcome(name, input) {
      const answer = await outcome(name, input);
      return answer instanceof ServiceException ? String(answer) : answer;
    },
    async refusal(name, input) {
      const answer = await outcome(name, input);
      if (answer instanceof ServiceException) return [answer.code, answer.message];
      throw new Error(`${name} did not refuse.`);
    },
    async pool(settings = {}) {
      const { UserPool } = await call("CreateUserPool", { PoolName: "My pool", ...settings });
      return UserPool?.Id ?? "";
    },
    async client(UserPoolId, settings = {}) {
      const { UserPoolClient } = await call("CreateUserPoolClient", {
        UserPoolId,
        ClientName: "app",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        ...settings,
      });
      return UserPoolClient?.ClientId ?? "";
    },
    async signIn(ClientId, USERNAME, PASSWORD) {
      const { AuthenticationResult } = await call("InitiateAuth", {
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      });
      return AuthenticationResult?.AccessToken ?? "";
    },
  };
}
