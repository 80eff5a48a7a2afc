/**
 * The language of a page: from the `lang` parameter, which is stored in a cookie, then from that cookie, then from the
 * browser's preference.
 *
 * @see Developer Guide, "Managed login localization"
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  languageCode,
  languages,
  preferredLanguage,
  type Texts,
  textsOf,
} from "../../managed-login/index.ts";
import { optionsFor } from "../browser/index.ts";

const COOKIE = "lang";
const COOKIE_SECONDS = 365 * 24 * 60 * 60;

export function textsFor(request: FastifyRequest, reply: FastifyReply): Texts {
  const asked = languageCode(addressOf(request).searchParams.get("lang") ?? undefined);
  if (asked !== undefined) reply.setCookie(COOKIE, asked, { ...optionsFor(request), maxAge: COOKIE_SECONDS });
  const kept = languageCode(request.cookies[COOKIE]);
  return textsOf(asked ?? kept ?? preferredLanguage(request.headers["accept-language"]));
}

/** The address of a page in each language. A page that answers a form has no address of its own. */
export function languageLinks(request: FastifyRequest): Readonly<Record<string, string>> | undefined {
  if (request.method !== "GET") return undefined;
  const { pathname, searchParams } = addressOf(request);
  searchParams.delete("lang");
  const address = `${pathname}?${searchParams.size > 0 ? `${searchParams}&` : ""}lang=`;
  return Object.fromEntries(Object.keys(languages).map((code) => [code, address + code]));
}

function addressOf(request: FastifyRequest): URL {
  // Only path and query are read. A path of two slashes would be taken for a host.
  return new URL(request.url.replace(/^\/+/, "/"), "http://local");
}
