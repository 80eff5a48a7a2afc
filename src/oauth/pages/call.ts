/** Operations of the user pools API, as the pages call them: checked against the API model as calls from elsewhere are. */
import { InvalidParameterException, type OperationName, type Operations } from "../../api-model/index.ts";
import { ProtocolException, readInput } from "../../aws/json-protocol/index.ts";
import { secretHash } from "../../crypto/index.ts";
import type { JsonObject } from "../../json.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { checkPassword, operations } from "../../user-pools/index.ts";
import type { Visit } from "./visit.ts";

/** Calls an operation as the app client, without its secret. */
export async function callAsClient<Name extends OperationName>(
  name: Name,
  input: JsonObject,
  visit: Pick<Visit, "authorization" | "context">,
): Promise<Operations[Name]["output"]> {
  const { client } = visit.authorization;
  const [secret] = client.secrets;
  const username = input.Username;
  const proof =
    secret === undefined || typeof username !== "string"
      ? {}
      : { SecretHash: secretHash(secret.value, username, client.id) };
  return call(name, { ClientId: client.id, ...input, ...proof }, visit);
}

/** The parts of a visit that say where an operation is called. */
interface Caller {
  readonly authorization: { readonly pool: UserPoolRecord };
  readonly context: Visit["context"];
}

/** Calls an operation without a signed-in caller. */
export async function call<Name extends OperationName>(
  name: Name,
  input: JsonObject,
  { authorization: { pool }, context }: Caller,
): Promise<Operations[Name]["output"]> {
  await context.takeRequest?.(name);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return operations[name](checkedInput(name, given, pool), context);
}

/**
 * Programs get the protocol's error for text that it cannot carry, such as a NUL character, and the API model's pattern for a
 * password that it refuses. A page has its own text for the first, and names the rule that the password breaks.
 */
function checkedInput<Name extends OperationName>(
  name: Name,
  given: JsonObject,
  pool: UserPoolRecord,
): Operations[Name]["input"] {
  try {
    return readInput(name, given);
  } catch (error) {
    if (error instanceof ProtocolException) {
      throw new InvalidParameterException("Invalid characters in the form.", { cause: error });
    }
    const password = given.Password ?? given.ProposedPassword;
    if (typeof password === "string") checkPassword(pool, password, "signUp");
    throw error;
  }
}
