/**
 * Pools and app clients that request their own ids, as in LocalStack, so that scripts for it work here. A pool does so
 * by the tag `_custom_id_`, a client by the name `_custom_id_:mine`. Only for `dev`, around the operations.
 */
import { InvalidParameterException } from "../api-model/index.ts";
import { isPoolId, regionOf } from "../pool-ids.ts";
import type { Operation, OperationTable } from "./operation.ts";

const ASKS_FOR_ID = "_custom_id_";

/** The operations, of which CreateUserPool and CreateUserPoolClient use the requested ids. */
export function withFixedIds(operations: OperationTable): OperationTable {
  return {
    ...operations,
    CreateUserPool: withFixedPoolId(operations.CreateUserPool),
    CreateUserPoolClient: withFixedClientId(operations.CreateUserPoolClient),
  };
}

function withFixedPoolId(createUserPool: Operation<"CreateUserPool">): Operation<"CreateUserPool"> {
  return (input, context) => {
    const { [ASKS_FOR_ID]: asked, ...UserPoolTags } = input.UserPoolTags ?? {};
    if (asked === undefined) return createUserPool(input, context);
    const poolId = fixedPoolId(asked, context.request.region);
    return createUserPool({ ...input, UserPoolTags }, { ...context, givenIds: { poolId } });
  };
}

/**
 * The requested id of a pool: `us-east-1_mine` as it is, `mine` behind the region.
 *
 * @throws InvalidParameterException it is not the id of a pool of this region
 */
function fixedPoolId(asked: string, region: string): string {
  const id = asked.includes("_") ? asked : `${region}_${asked}`;
  if (!isPoolId(id)) {
    throw new InvalidParameterException(
      `The tag ${ASKS_FOR_ID} asks for the id ${id}, which is not of the form region_name with letters and digits as its name.`,
    );
  }
  if (regionOf(id) !== region) {
    throw new InvalidParameterException(
      `The tag ${ASKS_FOR_ID} asks for the id ${id}, which is not of this request's region, ${region}.`,
    );
  }
  return id;
}

function withFixedClientId(
  createUserPoolClient: Operation<"CreateUserPoolClient">,
): Operation<"CreateUserPoolClient"> {
  return async (input, context) => {
    const clientId = fixedClientId(input.ClientName);
    return clientId === undefined
      ? createUserPoolClient(input, context)
      : createUserPoolClient({ ...input, ClientName: clientId }, { ...context, givenIds: { clientId } });
  };
}

/**
 * The id, and name, of a client that is called `_custom_id_:mine` or, in characters that the API model allows in a name,
 * `_custom_id_=mine`. Undefined for other names.
 *
 * @throws InvalidParameterException the requested id is not a client id
 */
export function fixedClientId(name: string): string | undefined {
  if (!/^_custom_id_[:=]/.test(name)) return undefined;
  const id = name.slice(ASKS_FOR_ID.length + 1);
  // API Reference, ClientIdType.
  if (!/^[\w+]{1,128}$/.test(id)) {
    throw new InvalidParameterException(
      `The name ${name} asks for the id ${id}, which may have only letters, digits, _ and +.`,
    );
  }
  return id;
}

/** A request's body with LocalStack's colon, which the API model does not allow in a client's name, as an equals sign. */
export function withAllowedClientName(
  operation: string,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { ClientName } = body;
  if (operation !== "CreateUserPoolClient" || typeof ClientName !== "string") return body;
  const asked = `${ASKS_FOR_ID}:`;
  if (!ClientName.startsWith(asked)) return body;
  return { ...body, ClientName: `${ASKS_FOR_ID}=${ClientName.slice(asked.length)}` };
}
