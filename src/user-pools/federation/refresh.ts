import { type AttributeType, InvalidParameterException } from "../../api-model/index.ts";
import type { UserRecord } from "../../storage/index.ts";
import { checkAttributeUpdate, schemaOf } from "../attributes/index.ts";
import { withUsedIdentity } from "../identity-providers/index.ts";
import type { OperationContext } from "../operation.ts";
import { applyAttributes, asSignInNameError, signInNamesOf, unknownUser } from "../users/index.ts";
import { requireRequired } from "./create.ts";
import type { Federated } from "./federated.ts";
import type { Found } from "./find.ts";

/**
 * Brings a user's mapped attributes up to date. A link by an attribute becomes one by the subject when it is first used:
 * attributes change, and the identity stays the same.
 *
 * @throws InvalidParameterException a mapped attribute is immutable, or a required one has become blank
 */
export async function refreshFederatedUser(
  federated: Federated,
  { user: found, link }: Found,
  { store, clock }: OperationContext,
): Promise<UserRecord> {
  const { pool, subject, issuer, attributes } = federated;
  const immutable = new Set(schemaOf(pool).flatMap(({ Name, Mutable }) => (Mutable === false ? [Name] : [])));
  const now = clock.now();
  const change = (user: UserRecord): UserRecord => {
    const settled = attributes.find(
      ({ Name = "" }) => immutable.has(Name) && user.attributes[Name] !== undefined,
    );
    if (settled) {
      // As observed in November 2025, with the line break.
      throw new InvalidParameterException(`user.${settled.Name}: Attribute cannot be updated.\n`);
    }
    const differs = ({ Name = "", Value = "" }: AttributeType) => (user.attributes[Name] ?? "") !== Value;
    const replaced = new Set(
      attributes.filter((each) => each.Value && differs(each)).map(({ Name }) => Name),
    );
    // A new address is unverified unless the same change says otherwise, so its flag belongs to the change, although it is the same.
    const changes = attributes.filter(
      (each) => differs(each) || replaced.has(each.Name?.replace(/_verified$/, "")),
    );
    const refreshed = applyAttributes(user.attributes, changes);
    requireRequired(federated, refreshed);
    checkAttributeUpdate(pool, user.attributes, changes);
    const changed =
      changes.length === 0
        ? user
        : {
            ...user,
            attributes: refreshed,
            signInNames: signInNamesOf(pool, user.username, refreshed),
            lastModifiedAt: now,
          };
    return link === undefined ? changed : withUsedIdentity(changed, { ...link, subject, issuer, now });
  };
  try {
    return await store.transaction(async (repositories) => {
      const user = await repositories.users.update(pool.id, found.sub, change);
      if (user === undefined) throw unknownUser();
      if (link !== undefined && link.attributeName !== "Cognito_Subject") {
        await repositories.linkedIdentities.delete(pool.id, link);
        await repositories.linkedIdentities.insert({
          ...link,
          attributeName: "Cognito_Subject",
          attributeValue: subject,
        });
      }
      return user;
    });
  } catch (error) {
    throw asSignInNameError(error);
  }
}
