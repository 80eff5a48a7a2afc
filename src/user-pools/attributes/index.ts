/**
 * Attributes of users: a pool's schema, which client may read or write which, and whether values conform.
 *
 * Leaves to others: storing values and sign-in names (`users/`), the attributes in a scope or token (`tokens/`).
 */
export {
  checkAttributeDeletion,
  checkAttributeUpdate,
  checkEmailAddress,
  checkNameForm,
  checkNewAttributes,
  checkPhoneNumber,
  lastValues,
  missingRequiredAttributes,
} from "./check-attributes.ts";
export { checkWritable, isWritableByClients, readableBy, writableBy } from "./client-access.ts";
export { addCustomAttributes, buildSchema, schemaOf } from "./schema.ts";
export { verifiedFlags } from "./standard-attributes.ts";
export { isEmailAddress, isPhoneNumber } from "./values.ts";
