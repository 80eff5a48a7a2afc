import { type AttributeType, InvalidParameterException } from "../../api-model/index.ts";
import { isStorableText } from "../../storable-text.ts";
import type { AppClientRecord, IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";
import { writableBy } from "../attributes/index.ts";
import type { Claims } from "./inbound-trigger.ts";

const MAX_VALUE_CHARACTERS = 2048;

interface Mapping {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly provider: IdentityProviderRecord;
  readonly claims: Claims;
  /** Whether the pool's own function named the claims: then those with the name of an attribute are that attribute. */
  readonly isChosenByFunction: boolean;
}

/**
 * The values of the pool's attributes from the claims. A missing claim changes nothing; a blank one clears its attribute.
 * Attributes that the app client may not write are left out.
 *
 * @throws InvalidParameterException a value is too long, or not text; the texts are ours
 */
export function mappedAttributes({
  pool,
  client,
  provider,
  claims,
  isChosenByFunction,
}: Mapping): AttributeType[] {
  const { username: _, ...mapping } = provider.settings.AttributeMapping ?? {};
  const direct = isChosenByFunction ? Object.keys(claims) : [];
  const sources = new Map<string, string>([
    ...direct.map((name) => [name, name] as const),
    ...Object.entries(mapping).filter(([, claim]) => Object.hasOwn(claims, claim)),
  ]);
  const canWrite = writableBy(pool, client);
  // A verified flag goes with its address: no client can write it by itself.
  const isAllowed = (name: string) => canWrite(name.replace(/^(email|phone_number)_verified$/, "$1"));
  const attributes: AttributeType[] = [];
  for (const [Name, claim] of sources) {
    const Value = claims[claim];
    if (Value === undefined || !isAllowed(Name)) continue;
    if (Value.length > MAX_VALUE_CHARACTERS) {
      throw new InvalidParameterException(`Invalid user attributes: ${Name}: The value is too long.`);
    }
    if (!isStorableText(Value)) {
      throw new InvalidParameterException(`Invalid user attributes: ${Name}: The value is not text.`);
    }
    attributes.push({ Name, Value });
  }
  return attributes;
}
