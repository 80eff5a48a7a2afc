import { InvalidParameterException } from "../../../api-model/index.ts";

/**
 * The id and name of a client whose name asks for its own id: `_custom_id_:mine` is the client `mine`, named `mine`, as in
 * LocalStack. `_custom_id_=mine` is the same in characters that the API model allows in a name. Undefined for other names.
 *
 * @throws InvalidParameterException what it asks for is not a client id
 */
export function fixedClientName(name: string): { id: string; name: string } | undefined {
  const id = /^_custom_id_[:=](.*)$/s.exec(name)?.[1];
  if (id === undefined) return undefined;
  // API Reference, ClientIdType.
  if (!/^[\w+]{1,128}$/.test(id)) {
    throw new InvalidParameterException(
      `The name ${name} asks for the id ${id}, which may have only letters, digits, _ and +.`,
    );
  }
  return { id, name: id };
}
