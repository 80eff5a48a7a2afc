/**
 * The exceptions of IAM and STS. `code` and `status` are those of the API models. Observed messages of the service are kept
 * exactly, because clients match on them.
 */
export abstract class IamError extends Error {
  /** As `Code` on the wire. */
  abstract readonly code: string;
  /** HTTP status. */
  abstract readonly status: number;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

export class AccessDenied extends IamError {
  readonly code = "AccessDenied";
  readonly status = 403;
}

export class DeleteConflictException extends IamError {
  readonly code = "DeleteConflict";
  readonly status = 409;
}

export class EntityAlreadyExistsException extends IamError {
  readonly code = "EntityAlreadyExists";
  readonly status = 409;
}

export class ExpiredTokenException extends IamError {
  readonly code = "ExpiredTokenException";
  readonly status = 400;
}

export class InvalidClientTokenId extends IamError {
  readonly code = "InvalidClientTokenId";
  readonly status = 403;
}

export class InvalidIdentityTokenException extends IamError {
  readonly code = "InvalidIdentityToken";
  readonly status = 400;
}

export class InvalidInputException extends IamError {
  readonly code = "InvalidInput";
  readonly status = 400;
}

export class InvalidUserTypeException extends IamError {
  readonly code = "InvalidUserType";
  readonly status = 400;
}

export class LimitExceededException extends IamError {
  readonly code = "LimitExceeded";
  readonly status = 409;
}

export class MalformedPolicyDocumentException extends IamError {
  readonly code = "MalformedPolicyDocument";
  readonly status = 400;
}

export class NoSuchEntityException extends IamError {
  readonly code = "NoSuchEntity";
  readonly status = 404;
}

export class PackedPolicyTooLargeException extends IamError {
  readonly code = "PackedPolicyTooLarge";
  readonly status = 400;
}

export class PasswordPolicyViolationException extends IamError {
  readonly code = "PasswordPolicyViolation";
  readonly status = 400;
}

export class PolicyNotAttachableException extends IamError {
  readonly code = "PolicyNotAttachable";
  readonly status = 400;
}

export class Throttling extends IamError {
  readonly code = "Throttling";
  readonly status = 400;
}

export class ValidationError extends IamError {
  readonly code = "ValidationError";
  readonly status = 400;
}
