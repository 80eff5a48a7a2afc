import {
  type AttributeType,
  InvalidParameterException,
  NotAuthorizedException,
} from "../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord } from "../../storage/index.ts";
import { schemaOf } from "./schema.ts";
import { verifiedFlags } from "./standard-attributes.ts";

/**
 * Whether an app client may read an attribute. Every client reads `sub` and `identities`. A client without a list of its own reads
 * everything, custom and developer attributes included.
 *
 * @see API Reference, "UserPoolClientType", ReadAttributes
 */
export function readableBy(pool: UserPoolRecord, client: AppClientRecord): (name: string) => boolean {
  const known = readableNames.get(client);
  if (known?.pool === pool) return known.isReadable;
  const everything = schemaOf(pool).map(({ Name }) => Name);
  const readable = new Set(client.settings.ReadAttributes ?? everything).add("sub").add("identities");
  const isReadable = (name: string) => readable.has(name);
  readableNames.set(client, { pool, isReadable });
  return isReadable;
}

/** By record: the store gives out the same ones until the configuration changes, and others then. */
const readableNames = new WeakMap<
  AppClientRecord,
  { readonly pool: UserPoolRecord; readonly isReadable: (name: string) => boolean }
>();

/**
 * Whether an app client may write an attribute: never `sub`, a verified flag or a developer attribute. A client without a
 * list of its own writes everything else. The API Reference says "standard attributes" of such a client; deployments and
 * the CDK's documentation count on custom ones too, which is what we follow.
 *
 * @see API Reference, "UserPoolClientType", WriteAttributes; CDK, "ClientAttributes"
 */
export function writableBy(pool: UserPoolRecord, client: AppClientRecord): (name: string) => boolean {
  const writable = new Set(client.settings.WriteAttributes ?? schemaOf(pool).map(({ Name }) => Name));
  return (name) => writable.has(name) && isWritableByClients(name);
}

/** Whether any app client can be given the right to write the attribute. */
export function isWritableByClients(name: string): boolean {
  return name !== "sub" && !verifiedFlags.has(name) && !name.startsWith("dev:");
}

/**
 * Checks that a user may write attributes through an app client. Names that are not in the schema pass: the check against the
 * schema has its own words for them.
 *
 * @throws InvalidParameterException one is the service's to write: `sub` or a verified flag
 * @throws NotAuthorizedException one is not among those that the client may write
 */
export function checkWritable(
  pool: UserPoolRecord,
  client: AppClientRecord,
  attributes: readonly Pick<AttributeType, "Name">[],
): void {
  for (const { Name } of attributes) {
    if (Name === "sub" || verifiedFlags.has(Name)) {
      throw new InvalidParameterException(`Cannot modify the non-mutable attribute ${Name}`);
    }
  }
  const isWritable = writableBy(pool, client);
  const isKnown = new Set(schemaOf(pool).map(({ Name }) => Name));
  if (attributes.some(({ Name }) => isKnown.has(Name) && !isWritable(Name))) {
    throw new NotAuthorizedException("A client attempted to write unauthorized attribute");
  }
}
