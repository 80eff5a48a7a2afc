/**
 * Data of one page for the next of another address: the sealed cookie `page-data`.
 *
 * @see Developer Guide, "Managed login", section on cookies
 */
import { optionsFor } from "../browser/index.ts";
import type { Visit } from "./visit.ts";

const COOKIE = "page-data";
const SEAL_PURPOSE = "page data";
/** The validity of the code that the next page asks for (24 hours) would be too long on a shared computer. */
const LIFE_MILLISECONDS = 60 * 60 * 1000;

export interface PageData {
  readonly page: "confirm" | "confirmForgotPassword" | "login";
  readonly username: string;
  /** Where a code went, masked. */
  readonly destination?: string | undefined;
  readonly isEmail?: boolean | undefined;
  /** The first message of the next page. */
  readonly notice?: "resent" | "not sent" | "reset required" | "password changed" | undefined;
  /** A message of the service that the next page shows as an error. */
  readonly error?: string | undefined;
}

interface StoredPageData extends PageData {
  readonly clientId: string;
  readonly expiresAt: number;
}

export function keepPageData(
  { request, reply, authorization: { client }, context: { crypto, clock } }: Visit,
  data: PageData,
): void {
  const expiresAt = clock.now() + LIFE_MILLISECONDS;
  const stored: StoredPageData = { ...data, clientId: client.id, expiresAt };
  reply.setCookie(COOKIE, crypto.tokens.seal(SEAL_PURPOSE, stored), {
    ...optionsFor(request),
    maxAge: LIFE_MILLISECONDS / 1000,
  });
}

/** @returns undefined where the browser has none for the page of this client */
export function pageDataOf(
  page: PageData["page"],
  { request, authorization: { client }, context: { crypto, clock } }: Visit,
): PageData | undefined {
  const sealed = request.cookies[COOKIE];
  // Only keepPageData seals for this purpose.
  const stored = sealed && (crypto.tokens.open(SEAL_PURPOSE, sealed) as StoredPageData | undefined);
  if (!stored || stored.page !== page || stored.clientId !== client.id) return undefined;
  return clock.now() < stored.expiresAt ? stored : undefined;
}

export function dropPageData({ request, reply }: Visit): void {
  if (request.cookies[COOKIE] !== undefined) reply.clearCookie(COOKIE, optionsFor(request));
}
