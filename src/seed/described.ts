/**
 * Pools and app clients as DescribeUserPool and DescribeUserPoolClient answer, for example printed by the AWS CLI of a pool at AWS.
 * What only the answer has, such as dates, is left out; what the creation takes under another name or form is converted.
 */
import { operationModel, shapeModel } from "../api-model/index.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

/** Attributes that every pool has, and that no creation takes. */
const GIVEN_ATTRIBUTES: ReadonlySet<unknown> = new Set([
  "sub",
  "identities",
  "email_verified",
  "phone_number_verified",
]);

/**
 * An entry of `pools` with `UserPool` in place of `name`, `id` and `settings`. Another entry stays as it is, and so does one with both
 * forms of the settings, which is refused.
 */
export function poolFromDescription(entry: unknown): unknown {
  if (!isJsonObject(entry) || !isJsonObject(entry.UserPool) || "settings" in entry) return entry;
  const { UserPool: described, ...others } = entry;
  const { AdminCreateUserConfig, MfaConfiguration, SchemaAttributes, ...settings } = described;
  return {
    name: described.Name,
    id: described.Id,
    settings: {
      ...withoutReadOnlyMembers(settings, "UserPoolType", "CreateUserPool"),
      ...(isJsonObject(AdminCreateUserConfig) && {
        AdminCreateUserConfig: withoutExpiry(AdminCreateUserConfig, described),
      }),
      ...(Array.isArray(SchemaAttributes) && { Schema: schemaOf(SchemaAttributes) }),
      // CreateUserPool takes it together with factors that SetUserPoolMfaConfig sets.
      ...(!("mfa" in entry) && MfaConfiguration !== undefined && { MfaConfiguration }),
    },
    ...others,
  };
}

/** An entry of `clients` with `UserPoolClient` in place of `name`, `id`, `secret` and `settings`. */
export function clientFromDescription(entry: unknown): unknown {
  if (!isJsonObject(entry) || !isJsonObject(entry.UserPoolClient) || "settings" in entry) return entry;
  const { UserPoolClient: described, ...others } = entry;
  const { ClientSecret, ...settings } = described;
  return {
    name: described.ClientName,
    id: described.ClientId,
    ...(ClientSecret !== undefined && { secret: ClientSecret }),
    settings: withoutReadOnlyMembers(settings, "UserPoolClientType", "CreateUserPoolClient"),
    ...others,
  };
}

/** Removes what only the answer has. Unknown members stay, so that they are reported. */
function withoutReadOnlyMembers(
  described: JsonObject,
  shape: "UserPoolType" | "UserPoolClientType",
  creation: "CreateUserPool" | "CreateUserPoolClient",
): JsonObject {
  const answered = membersOf(shape);
  const taken = membersOf(operationModel(creation).input);
  return Object.fromEntries(
    Object.entries(described).filter(
      ([name]) => !Object.hasOwn(answered, name) || Object.hasOwn(taken, name),
    ),
  );
}

function membersOf(name: string): object {
  const shape = shapeModel(name);
  return shape.type === "structure" ? shape.members : {};
}

/** The older form of a temporary password's validity, which is answered beside the newer one but is not taken together with it. */
function withoutExpiry(config: JsonObject, { Policies }: JsonObject): JsonObject {
  const policy = isJsonObject(Policies) ? Policies.PasswordPolicy : undefined;
  if (!isJsonObject(policy) || policy.TemporaryPasswordValidityDays === undefined) return config;
  const { UnusedAccountValidityDays: _, ...others } = config;
  return others;
}

/** A creation adds the prefix of a custom attribute itself. */
function schemaOf(attributes: readonly unknown[]): unknown[] {
  return attributes.flatMap((attribute) => {
    if (!isJsonObject(attribute)) return [attribute];
    const { Name } = attribute;
    if (GIVEN_ATTRIBUTES.has(Name)) return [];
    return [{ ...attribute, Name: typeof Name === "string" ? Name.replace(/^(dev:)?custom:/, "") : Name }];
  });
}
