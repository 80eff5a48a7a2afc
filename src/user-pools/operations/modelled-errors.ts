/**
 * Holds operations to the exceptions that their model entries list. Shared rules throw what fits most operations; where an
 * operation's model does not list that, this table says what it answers instead.
 */
import {
  type ErrorName,
  InvalidParameterException,
  InvalidUserPoolConfigurationException,
  NotAuthorizedException,
  type OperationName,
  operationModel,
  ServiceException,
  TooManyRequestsException,
} from "../../api-model/index.ts";
import type { OperationTable } from "../operation.ts";
import { ACCESS_TOKEN_REVOKED } from "../tokens/index.ts";

type Substitute = (error: ServiceException) => ServiceException;

const SUBSTITUTES: Readonly<Partial<Record<ErrorName, Substitute>>> = {
  // The message was not delivered: for administrators and in sign-ins a fault of the request.
  CodeDeliveryFailureException: (error) => new InvalidParameterException(error.message, { cause: error }),
  // Of operations with an access token, whose user has been deleted.
  UserNotFoundException: (error) => new NotAuthorizedException(ACCESS_TOKEN_REVOKED, { cause: error }),
  // Of operations on passkeys, whose access token is of an app client that has been deleted.
  ResourceNotFoundException: (error) => new NotAuthorizedException(ACCESS_TOKEN_REVOKED, { cause: error }),
  UserNotConfirmedException: (error) => new NotAuthorizedException(error.message, { cause: error }),
  // Only InitiateAuth does not list it.
  MFAMethodNotFoundException: (error) =>
    new InvalidUserPoolConfigurationException(error.message, { cause: error }),
  // Of GetClientToken, which does not list what the pool's function can cause.
  InvalidLambdaResponseException: asRefusal,
  UnexpectedLambdaException: asRefusal,
  UserLambdaValidationException: asRefusal,
  LimitExceededException: (error) => new TooManyRequestsException(error.message, { cause: error }),
};

function asRefusal(error: ServiceException): ServiceException {
  return new NotAuthorizedException(error.message, { cause: error });
}

/** The exception as the operation's model lists it; anything else as it is. */
export function asModelledError(operation: OperationName, error: unknown): unknown {
  if (!(error instanceof ServiceException)) return error;
  const { errors } = operationModel(operation);
  if (errors.includes(error.code)) return error;
  const substitute = SUBSTITUTES[error.code]?.(error);
  return substitute !== undefined && errors.includes(substitute.code) ? substitute : error;
}

/** The operations, each answering with the exceptions of its model. */
export function withModelledErrors<Table extends Partial<OperationTable>>(table: Table): Table {
  const entries = Object.entries(table).map(([name, operate]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (operate as (...args: unknown[]) => Promise<unknown>)(...args);
      } catch (error) {
        throw asModelledError(name as OperationName, error);
      }
    },
  ]);
  return Object.fromEntries(entries);
}
