/**
 * The filter of ListUsers: `attribute = "value"` for equal, or `attribute ^= "value"` for starting with. The attribute
 * can be in double quotes.
 *
 * @see Developer Guide, "Managing and searching for user accounts"; API Reference, "ListUsers", example
 */
import { InvalidParameterException } from "../../api-model/index.ts";
import {
  type SearchableAttribute,
  searchableAttributes,
  type UserPoolRecord,
  type UserSearch,
} from "../../storage/index.ts";
import { normalizeUsername } from "./sign-in-names.ts";

const SEARCHABLE: ReadonlySet<string> = new Set(searchableAttributes);

/** In the value a quotation mark and a backslash stand behind a backslash; a backslash before anything else is an error. */
const FILTER =
  /^\s*(?:"(?<quoted>[^\s=^"]+)"|(?<bare>[^\s=^"]+))\s*(?<operator>\^?=)\s*"(?<value>(?:[^"\\]|\\["\\])*)"\s*$/;

/**
 * Reads a filter.
 *
 * @returns undefined for an empty one, which all users pass
 * @throws InvalidParameterException it is not of that form, or about an attribute that cannot be searched
 */
export function parseUserFilter(pool: UserPoolRecord, filter: string | undefined): UserSearch | undefined {
  if (filter === undefined || filter.trim() === "") return undefined;
  const { quoted, bare, operator, value } = FILTER.exec(filter)?.groups ?? {};
  const attribute = quoted ?? bare;
  if (attribute === undefined || value === undefined) {
    throw new InvalidParameterException("Error while parsing filter.");
  }
  if (!isSearchable(attribute)) {
    throw new InvalidParameterException(`Invalid search attribute: ${attribute}`);
  }
  const text = value.replace(/\\(["\\])/g, "$1");
  return {
    attribute,
    match: operator === "=" ? "equals" : "startsWith",
    value: attribute === "username" ? normalizeUsername(pool, text) : text,
  };
}

function isSearchable(name: string): name is SearchableAttribute {
  return SEARCHABLE.has(name);
}
