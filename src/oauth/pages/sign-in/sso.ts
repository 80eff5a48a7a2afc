/**
 * "Continue with SSO": an organization's SAML provider, found by the domain of an e-mail address. It replaces the
 * buttons if every SAML provider of the client has identifiers, unless there is only one.
 *
 * @see Developer Guide, "SAML identity provider names and identifiers"
 */
import type { FastifyReply } from "fastify";
import { ssoPage } from "../../../managed-login/index.ts";
import type { IdentityProviderRecord } from "../../../storage/index.ts";
import { providersOf } from "../../authorization-request.ts";
import { sendPage } from "../send-page.ts";
import { type Tell, tellError, tellExpiredForm } from "../tell.ts";
import { hiddenOf, hrefOf, isFromOwnPage, ownerOf, type Visit } from "../visit.ts";

/** The names of the client's providers that are found by e-mail address. */
export async function ssoProviders(visit: Visit): Promise<ReadonlySet<string>> {
  const saml = (await externalProviders(visit)).filter(({ type }) => type === "SAML");
  const isBySso = saml.length > 1 && saml.every(({ identifiers }) => identifiers.length > 0);
  return new Set(isBySso ? saml.map(({ name }) => name) : []);
}

async function externalProviders({ authorization: { pool, client }, context: { store } }: Visit) {
  const names = providersOf(client).filter((name) => name !== "COGNITO");
  const found = await Promise.all(names.map((name) => store.identityProviders.get(pool.id, name)));
  return found.filter((provider): provider is IdentityProviderRecord => provider !== undefined);
}

export async function takeSso(visit: Visit): Promise<FastifyReply> {
  if (!isFromOwnPage(visit)) return sendSso(visit, tellExpiredForm);
  const typed = visit.fields.get("email")?.trim().split("@").at(-1) ?? "";
  const identifiers = (await externalProviders(visit)).flatMap((provider) => provider.identifiers);
  // Domains are the same in any case. Identifiers that differ by it alone are told apart as typed.
  const identifier =
    identifiers.find((each) => each === typed) ??
    identifiers.find((each) => each.toLowerCase() === typed.toLowerCase());
  if (identifier === undefined) {
    return sendSso(
      visit,
      tellError((texts) => texts.providers.ssoUnknown),
    );
  }
  return visit.reply.redirect(hrefOf(visit, "/oauth2/authorize", { idp_identifier: identifier }), 302);
}

export async function sendSso(visit: Visit, tell: Tell): Promise<FastifyReply> {
  const { fields, authorization } = visit;
  const hidden = hiddenOf(visit);
  return sendPage(visit, ownerOf(visit), (texts) =>
    ssoPage(
      {
        hidden,
        notice: tell(texts),
        email: fields.get("email") ?? authorization.loginHint ?? "",
        backHref: hrefOf(visit, "/login"),
      },
      texts,
    ),
  );
}
