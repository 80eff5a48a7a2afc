import type { AppClientRecord, UserPoolRecord } from "../../storage/index.ts";
import { schemaOf } from "./schema.ts";
import { verifiedFlags } from "./standard-attributes.ts";

/**
 * Whether an app client may read an attribute. Every client reads `sub`. A client without a list of its own reads
 * everything, custom and developer attributes included.
 *
 * @see API Reference, "UserPoolClientType", ReadAttributes
 */
export function readableBy(pool: UserPoolRecord, client: AppClientRecord): (name: string) => boolean {
  const readable = new Set(client.settings.ReadAttributes ?? schemaOf(pool).map(({ Name }) => Name)).add(
    "sub",
  );
  return (name) => readable.has(name);
}

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
