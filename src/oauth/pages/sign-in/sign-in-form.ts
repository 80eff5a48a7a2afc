import type { FastifyReply } from "fastify";
import { nameFormOf, signInPage } from "../../../managed-login/index.ts";
import { isLeftToAdministrators, type OpenPageSession } from "../../../user-pools/index.ts";
import { providersOf } from "../../authorization-request.ts";
import { allowsSignUp, isChoiceBased, isCustom } from "../pool-rules.ts";
import { sendPage } from "../send-page.ts";
import type { Tell } from "../tell.ts";
import { hiddenOf, hrefOf, ownerOf, type Visit } from "../visit.ts";
import { ssoProviders } from "./sso.ts";

/**
 * The first page of a sign-in: the providers and the form of local users, as far as the client has them.
 *
 * @param session with which the user can continue without signing in again
 */
export async function sendSignIn(
  visit: Visit,
  username: string,
  tell: Tell,
  session?: OpenPageSession,
): Promise<FastifyReply> {
  const { pool, client } = visit.authorization;
  const providers = providersOf(client);
  const hidden = hiddenOf(visit);
  const bySso = await ssoProviders(visit);
  const local = providers.includes("COGNITO")
    ? {
        action: hrefOf(visit, "/login"),
        asksForPassword: !isChoiceBased(pool, client) && !isCustom(pool, client),
        forgotPasswordHref: isLeftToAdministrators(pool) ? undefined : hrefOf(visit, "/forgotPassword"),
        signUpHref: allowsSignUp(pool) ? hrefOf(visit, "/signup") : undefined,
      }
    : undefined;
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
    signInPage(
      {
        hidden,
        notice: tell(texts),
        username,
        nameForm: nameFormOf(pool.settings),
        providers: providers
          .filter((name) => name !== "COGNITO" && !bySso.has(name))
          .map((name) => ({ name, href: hrefOf(visit, "/oauth2/authorize", { identity_provider: name }) })),
        ssoHref: bySso.size === 0 ? undefined : hrefOf(visit, "/login", { sso: "1" }),
        local,
        session: session && {
          name: session.user.attributes.email ?? session.user.username,
          continueHref: hrefOf(visit, "/oauth2/authorize"),
        },
        takesFocus: true,
      },
      texts,
      appearance,
    ),
  );
}
