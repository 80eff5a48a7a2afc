import { isJsonObject } from "../../json.ts";
import { messageOf } from "../../message-of.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import type { Provider } from "./provider.ts";
import { withQuery } from "./token-request.ts";

type Claims = Readonly<Record<string, unknown>>;

/** Fields of Google's People API, which answers no request for any other. */
const PEOPLE_FIELDS = new Set([
  "addresses",
  "biographies",
  "birthdays",
  "emailAddresses",
  "genders",
  "locales",
  "names",
  "nicknames",
  "organizations",
  "phoneNumbers",
  "photos",
]);

/**
 * The user's claims from the provider's attributes endpoint; nothing if there is none or it fails.
 *
 * @param mapped names of the provider's attributes that the mapping reads
 * @see Developer Guide, "Using OIDC identity providers with a user pool"; attributes_url_add_attributes
 */
export async function requestUserInfo(
  provider: Provider,
  accessToken: string,
  mapped: readonly string[],
  { log }: Pick<OperationContext, "log">,
): Promise<Claims> {
  const { name, type, userInfoUrl, details } = provider;
  if (!userInfoUrl) return {};
  const fields = type === "Google" ? mapped.filter((field) => PEOPLE_FIELDS.has(field)) : mapped;
  if (type === "Google" && fields.length === 0) return {};
  const addsFields = details.attributes_url_add_attributes === "true";
  try {
    const answer = await provider.fetch(addsFields ? withFields(userInfoUrl, fields) : userInfoUrl, {
      method: details.attributes_request_method === "POST" ? "POST" : "GET",
      headers: { accept: "application/json", authorization: `Bearer ${accessToken}` },
    });
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
    const claims: unknown = await answer.json();
    if (!isJsonObject(claims)) throw new Error("no claims");
    return type === "Google" ? Object.fromEntries(Object.entries(claims).map(primaryValue)) : claims;
  } catch (error) {
    log.warn({ provider: name, reason: messageOf(error) }, "A provider gave no attributes of a user");
    return {};
  }
}

/** The address ends in the parameter that takes the names: `…?fields=`. */
function withFields(url: string, names: readonly string[]): string {
  const list = encodeURIComponent([...new Set(names)].join(","));
  return url.endsWith("=") ? `${url}${list}` : withQuery(url, `fields=${list}`);
}

/** The People API has a list of values for each field. */
function primaryValue([name, values]: [string, unknown]): [string, unknown] {
  if (!Array.isArray(values)) return [name, values];
  const [first] = values as Record<string, unknown>[];
  return [name, first?.value ?? first?.displayName ?? first?.formattedValue ?? first?.text ?? first?.url];
}
