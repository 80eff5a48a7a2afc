/** The page for a signed-in user whose sign-in does not reach the authentication level that the client wants. */

import type { FastifyReply } from "fastify";
import { stepUpPage } from "../../../managed-login/index.ts";
import { providersOf } from "../../authorization-request.ts";
import type { SessionStanding } from "../../session-standing.ts";
import { sendPage } from "../send-page.ts";
import { hiddenOf, hrefOf, ownerOf, type Visit } from "../visit.ts";
import { factorOption } from "./challenge-page.ts";
import { beginFromSession, type Outcome } from "./sign-in-step.ts";

type StepUp = Extract<SessionStanding, { kind: "too low" }>;

/** @returns undefined where there is no session, or no more is wanted of it */
export function stepUpOf({ authorization }: Visit, standing: SessionStanding): StepUp | undefined {
  if (!providersOf(authorization.client).includes("COGNITO")) return undefined;
  return standing.kind === "too low" ? standing : undefined;
}

/** Nothing is sent to the user before they have chosen how to continue. */
export async function sendStepUp(
  visit: Visit,
  { session: { user }, challenges }: StepUp,
): Promise<FastifyReply> {
  const hidden = hiddenOf(visit, { step_up: "1" });
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
    stepUpPage(
      {
        hidden,
        name: user.attributes.email ?? user.username,
        options: challenges.map((challenge) => factorOption(challenge, texts)),
        otherUserHref: hrefOf(visit, "/login", { prompt: "login" }),
      },
      texts,
      appearance,
    ),
  );
}

/** @throws ServiceException */
export function beginStepUp(visit: Visit, { session, challenges }: StepUp): Promise<Outcome> {
  const asked = visit.fields.get("factor");
  const challenge = challenges.find((each) => each === asked) ?? challenges[0] ?? "";
  return beginFromSession(session, challenge, visit);
}
