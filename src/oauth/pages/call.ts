/** Operations of the user pools API, as the pages call them: checked against the API model as calls from elsewhere are. */
import { InvalidParameterException, type OperationName, type Operations } from "../../api-model/index.ts";
import { ProtocolException, readInput } from "../../aws/json-protocol/index.ts";
import { secretHash } from "../../crypto/index.ts";
import type { JsonObject } from "../../json.ts";
import { operations } from "../../user-pools/index.ts";
import type { Visit } from "./visit.ts";

/** Calls an operation as the app client, without its secret. */
export async function callAsClient<Name extends OperationName>(
  name: Name,
  input: JsonObject,
  { authorization: { client }, context }: Visit,
): Promise<Operations[Name]["output"]> {
  const [secret] = client.secrets;
  const username = input.Username;
  const proof =
    secret === undefined || typeof username !== "string"
      ? {}
      : { SecretHash: secretHash(secret.value, username, client.id) };
  return call(name, { ClientId: client.id, ...input, ...proof }, { context });
}

/** Calls an operation without a caller. */
export async function call<Name extends OperationName>(
  name: Name,
  input: JsonObject,
  { context }: Pick<Visit, "context">,
): Promise<Operations[Name]["output"]> {
  await context.takeRequest?.(name);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return operations[name](checkedInput(name, given), context);
}

/**
 * For text that the protocol cannot carry, such as a NUL character, a program gets the protocol's error. A page shows
 * its own.
 */
function checkedInput<Name extends OperationName>(name: Name, given: JsonObject): Operations[Name]["input"] {
  try {
    return readInput(name, given);
  } catch (error) {
    if (!(error instanceof ProtocolException)) throw error;
    throw new InvalidParameterException("Invalid characters in the form.", { cause: error });
  }
}
