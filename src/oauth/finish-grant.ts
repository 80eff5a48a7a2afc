import type { FastifyReply } from "fastify";
import type { SignInRecord, UserRecord } from "../storage/index.ts";
import { finishSignIn, type OperationContext, type UserGrant } from "../user-pools/index.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { answerWithGrant, tellClient } from "./authorize.ts";

interface Answered {
  readonly reply: FastifyReply;
  readonly authorization: AuthorizationRequest;
  readonly context: OperationContext;
}

/** Ends a sign-in with the redirect to the client. @throws RedirectError */
export async function finishGrant(
  { reply, authorization, context }: Answered,
  user: UserRecord,
  signIn: SignInRecord,
  methods: UserGrant["methods"],
): Promise<FastifyReply> {
  const { pool, client, scopes, nonce, resource } = authorization;
  const wanted = { pool, client, user, signIn, methods, scopes, nonce, resource };
  const { grant, tokens } = await finishSignIn(wanted, context).catch(tellClient(authorization));
  return answerWithGrant(reply, authorization, grant, tokens, context);
}
