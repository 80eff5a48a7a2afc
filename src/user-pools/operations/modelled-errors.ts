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
import { OwnerMissing } from "../../storage/index.ts";
import { unknownClient } from "../app-clients/index.ts";
import { aroundEach, type OperationTable } from "../operation.ts";
import { unknownPool } from "../pools/index.ts";
import { ACCESS_TOKEN_REVOKED } from "../tokens/index.ts";
import { unknownUser } from "../users/index.ts";

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

/** What an input can name that owns what the operation writes. */
interface NamedOwner {
  readonly UserPoolId?: string;
  readonly Username?: string;
  readonly ClientId?: string;
  readonly AccessToken?: string;
}

/**
 * The refusal of an operation that found a pool, app client or user, which was deleted before something of it could be written.
 * On several nodes that is a second at most: so long a node's cache may still have the pool. Other errors stay as they are.
 */
function asMissingOwner(
  { UserPoolId, Username, ClientId, AccessToken }: NamedOwner,
  error: unknown,
): unknown {
  if (!(error instanceof OwnerMissing)) return error;
  if (AccessToken !== undefined) return new NotAuthorizedException(ACCESS_TOKEN_REVOKED, { cause: error });
  if (UserPoolId !== undefined) return Username === undefined ? unknownPool(UserPoolId) : unknownUser();
  return ClientId === undefined ? error : unknownClient(ClientId);
}

/** The operations, each answering with the exceptions of its model. */
export function withModelledErrors<Table extends Partial<OperationTable>>(table: Table): Table {
  return aroundEach(table, (operate, name) => async (input, context) => {
    try {
      return await operate(input, context);
    } catch (error) {
      throw asModelledError(name, asMissingOwner(input, error));
    }
  });
}
