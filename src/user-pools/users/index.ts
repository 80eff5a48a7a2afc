/**
 * Users as such: the names that find them, finding and changing one, their attributes as kept and as shown.
 *
 * Leaves to others: whether attributes conform to the schema (`attributes/`), passwords (`passwords/`), groups
 * (`groups/`), signing in (`sign-in/`), what tokens say of a user (`tokens/`).
 */
export {
  applyAttributes,
  newAttributes,
  removeAttributes,
} from "./apply-attributes.ts";
export { changeUser } from "./change-user.ts";
export { type CreationContext, createUser, withUsernameAttribute } from "./create-user.ts";
export { findUser, requireUser } from "./find-user.ts";
export { asSignInNameError, takeOverAliases } from "./name-conflicts.ts";
export {
  asUnknownUser,
  disabledUser,
  passwordWasReset,
  unconfirmedUser,
  unknownName,
  unknownUser,
  wrongCredentials,
} from "./refusals.ts";
export { isFederatedProfile, normalizeUsername, signInNamesOf } from "./sign-in-names.ts";
export { parseUserFilter } from "./user-filter.ts";
export { attributesOf, userType } from "./user-type.ts";
export { isNamedByAttribute, MAX_USERNAME_CHARACTERS, USERNAME_CHARACTERS } from "./usernames.ts";
