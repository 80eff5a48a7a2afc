/** Operations of the user pools API, as the pages call them: checked against the API model as calls from elsewhere are. */
import type { OperationName, Operations } from "../../api-model/index.ts";
import type { JsonObject } from "../../aws/json-protocol/index.ts";
import { readInput } from "../../aws/json-protocol/index.ts";
import { secretHash } from "../../crypto/index.ts";
import { type OperationTable, operations } from "../../user-pools/index.ts";
import type { Visit } from "./visit.ts";

/** Calls an operation as the app client, whose secret the pages need not be told. @throws ServiceException */
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

/** Calls an operation as nobody in particular. @throws ServiceException */
export async function call<Name extends OperationName>(
  name: Name,
  input: JsonObject,
  { context }: Pick<Visit, "context">,
): Promise<Operations[Name]["output"]> {
  const { [name]: operation }: OperationTable = operations;
  if (operation === undefined) throw new Error(`${name} is not there.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return operation(readInput(name, given), context);
}
