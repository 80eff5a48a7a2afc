import { InvalidParameterException } from "../../api-model/index.ts";

/** The beginning of a name by which a new client asks for its own id. It is LocalStack's, so that its users' scripts work. */
const ASKS_FOR_ID = "_custom_id_";

/**
 * The id and name of a client whose name asks for its own id: `_custom_id_:mine` is the client `mine`, named `mine`, as in
 * LocalStack. `_custom_id_=mine` is the same in characters that the API model allows in a name. Undefined for other names.
 *
 * @throws InvalidParameterException what it asks for is not a client id
 */
export function fixedClientName(name: string): { id: string; name: string } | undefined {
  const separators = [":", "="];
  const asked = separators.find((separator) => name.startsWith(ASKS_FOR_ID + separator));
  if (asked === undefined) return undefined;
  const id = name.slice(ASKS_FOR_ID.length + asked.length);
  // API Reference, ClientIdType.
  if (!/^[\w+]{1,128}$/.test(id)) {
    throw new InvalidParameterException(
      `The name ${name} asks for the id ${id}, which may have only letters, digits, _ and +.`,
    );
  }
  return { id, name: id };
}

/**
 * What a request's body is where ids can be asked for: LocalStack's colon in the name of a new client, which the API model
 * does not allow, becomes an equals sign. To be applied before the input is validated.
 */
export function withFixedClientName(
  operation: string,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { ClientName } = body;
  if (operation !== "CreateUserPoolClient" || typeof ClientName !== "string") return body;
  const asked = `${ASKS_FOR_ID}:`;
  if (!ClientName.startsWith(asked)) return body;
  return { ...body, ClientName: `${ASKS_FOR_ID}=${ClientName.slice(asked.length)}` };
}
