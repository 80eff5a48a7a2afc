import { isOperationName, type OperationName } from "../../api-model/index.ts";
import { headerOf, type ReceivedRequest } from "../../http/index.ts";
import { ProtocolException } from "./protocol-exception.ts";

const TARGET_PREFIX = "AWSCognitoIdentityProviderService.";
/** Identity pools, which share the protocol and are not served here. */
const IDENTITY_POOLS_PREFIX = "AWSCognitoIdentityService.";

/**
 * The operation that `X-Amz-Target` names, or undefined when the header is missing or of no service here.
 *
 * @throws ProtocolException UnknownOperationException the service has no such operation
 */
export function readTarget(header: string | undefined): OperationName | undefined {
  if (header?.startsWith(TARGET_PREFIX)) {
    const name = header.slice(TARGET_PREFIX.length);
    if (isOperationName(name)) return name;
  } else if (!header?.startsWith(IDENTITY_POOLS_PREFIX)) {
    return undefined;
  }
  throw new ProtocolException("UnknownOperationException");
}

/** Whether a request is one of the JSON protocol: only there a target names the operation. */
export function hasTarget(request: ReceivedRequest): boolean {
  return (headerOf(request, "x-amz-target") ?? "") !== "";
}
