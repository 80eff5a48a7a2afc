/** How attributes change, and what a change of an address means for its verified flag. */
import { type AttributeType, InvalidParameterException } from "../../api-model/index.ts";
import { lastValues } from "../attributes/index.ts";

type Attributes = Readonly<Record<string, string>>;

/** The attributes that the service can verify. */
const VERIFIABLE = ["email", "phone_number"] as const;

/**
 * The attributes of a new user. Of a name that is given twice the last value counts, and an empty value counts as missing.
 *
 * @param withFlags whether an address without its verified flag gets one that is false: at a sign-up. The recorded answers of
 *   AdminCreateUser have the flag only where it was given
 * @throws InvalidParameterException an address is marked as verified that the user does not have
 */
export function newAttributes(
  given: readonly AttributeType[],
  { withFlags }: { withFlags: boolean },
): Attributes {
  const attributes = withValues({}, lastValues(given));
  return withFlags ? { ...attributes, ...unverifiedFlags(attributes) } : attributes;
}

function unverifiedFlags(attributes: Attributes): Attributes {
  const addresses = VERIFIABLE.filter(
    (name) => attributes[name] !== undefined && attributes[`${name}_verified`] === undefined,
  );
  return Object.fromEntries(addresses.map((name) => [`${name}_verified`, "false"]));
}

/**
 * A user's attributes after some were given values. An empty value takes an attribute away; of a name given twice the last
 * value counts. A new address is unverified unless the same change says otherwise.
 *
 * @param current by full name
 * @throws InvalidParameterException an address is marked as verified that the user does not have
 * @see API Reference, "AdminUpdateUserAttributes"
 */
export function applyAttributes(current: Attributes, changes: readonly AttributeType[]): Attributes {
  const given = lastValues(changes);
  const unverified = VERIFIABLE.filter(
    (name) => given.get(name) && given.get(name) !== current[name] && !given.has(`${name}_verified`),
  );
  for (const name of unverified) given.set(`${name}_verified`, "false");
  return withValues(current, given);
}

/**
 * A user's attributes after some were deleted. An address is deleted with its verified flag.
 *
 * @see API Reference, "AdminDeleteUserAttributes"
 */
export function removeAttributes(current: Attributes, names: readonly string[]): Attributes {
  return withValues(current, new Map(names.map((name) => [name, ""])));
}

function withValues(current: Attributes, given: ReadonlyMap<string, string>): Attributes {
  const attributes: Record<string, string> = { ...current };
  for (const [name, value] of given) {
    if (value === "") delete attributes[name];
    else attributes[name] = value;
  }
  for (const name of VERIFIABLE) {
    const flag = `${name}_verified`;
    // Clients write `True` too; everything here compares with `true`.
    if (attributes[flag] !== undefined) attributes[flag] = attributes[flag].toLowerCase();
    if (attributes[name] !== undefined) continue;
    // The text is ours: Cognito's is not known.
    if (given.get(flag)?.toLowerCase() === "true") {
      throw new InvalidParameterException(`${flag} cannot be true for a user without ${name}.`);
    }
    if (current[name] !== undefined || given.get(name) === "") delete attributes[flag];
  }
  return attributes;
}
