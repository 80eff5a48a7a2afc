import { schemaOf, addCustomAttributes as withCustomAttributes } from "../../attributes/index.ts";
import { refuseDuringImport } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { unknownPool } from "../../pools/index.ts";

/**
 * Adds attributes to a pool's schema. They cannot be removed.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException an attribute is not valid, exists already, or is one too many
 * @throws UserImportInProgressException users are being imported
 * @see API Reference, "AddCustomAttributes"
 */
export const addCustomAttributes: Operation<"AddCustomAttributes"> = async (input, { store, clock }) => {
  const now = clock.now();
  const pool = await store.transaction(async (repositories) => {
    await refuseDuringImport(repositories, input.UserPoolId);
    return repositories.pools.update(input.UserPoolId, (current) => ({
      ...current,
      settings: {
        ...current.settings,
        SchemaAttributes: withCustomAttributes(schemaOf(current), input.CustomAttributes),
      },
      lastModifiedAt: now,
    }));
  });
  if (!pool) throw unknownPool(input.UserPoolId);
  return {};
};
