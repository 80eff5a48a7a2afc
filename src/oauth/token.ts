/**
 * `POST /oauth2/token`: one file with the three grants, each a few lines over the domain.
 *
 * @see Developer Guide, "Token issuer endpoint"; RFC 6749 §3.2
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import {
  type AuthenticationResultType,
  ServiceException,
  TooManyRequestsException,
} from "../api-model/index.ts";
import { holdsAtMost, parseJson } from "../json.ts";
import { messageOf } from "../message-of.ts";
import {
  allowsFlow,
  issueToClient,
  OAuthError,
  type OperationContext,
  redeemCode,
} from "../user-pools/index.ts";
import { sendEmpty, sendJson, sendOAuthError } from "./answers.ts";
import { authenticateClient, type Party } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";
import { logRefusal } from "./log-refusal.ts";
import { formOf, isForm, type Parameters, UnclearParameters } from "./parameters.ts";

export async function answerToken(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  if (!isForm(request)) return sendEmpty(reply, 405);
  let party: Party | undefined;
  const refuse = (error: OAuthError, status?: number) => {
    const { code, description, cause } = error;
    const reason = cause === undefined ? description : messageOf(cause);
    const poolId = endpoint.poolId ?? party?.pool.id;
    logRefusal(
      { endpoint: "/oauth2/token", poolId, clientId: party?.client.id, error: code, reason },
      context,
    );
    return sendOAuthError(reply, error, status);
  };
  try {
    const parameters = formOf(request);
    const grantType = required(parameters, "grant_type");
    if (!Object.hasOwn(grants, grantType)) throw new OAuthError("unsupported_grant_type");
    party = await authenticateClient(request, parameters, endpoint, context);
    const operation = OPERATION_OF[grantType];
    if (operation !== undefined) await context.takeRequest?.(operation);
    const tokens = await grants[grantType as keyof typeof grants](party, parameters, context);
    return sendJson(reply, 200, tokenAnswer(tokens));
  } catch (error) {
    if (error instanceof OAuthError) return refuse(error);
    if (error instanceof TooManyRequestsException) {
      return refuse(new OAuthError("invalid_request", error.message), 429);
    }
    // The pool's own function refused.
    if (error instanceof ServiceException) {
      return refuse(new OAuthError("invalid_request", error.message));
    }
    if (error instanceof UnclearParameters) return refuse(new OAuthError("invalid_request"));
    throw error;
  }
}

/** In whose category of AWS's quotas a grant is counted. That of a code is part of the sign-in that it ends. */
const OPERATION_OF: Readonly<Partial<Record<string, string>>> = {
  refresh_token: "GetTokensFromRefreshToken",
  client_credentials: "GetClientToken",
};

type Grant = (
  party: Party,
  parameters: Parameters,
  context: OperationContext,
) => Promise<AuthenticationResultType>;

const grants = {
  authorization_code: async ({ pool, client }, parameters, context) => {
    const code = required(parameters, "code");
    const redirectUri = required(parameters, "redirect_uri");
    if (!allowsFlow(client, "code")) throw new OAuthError("unauthorized_client");
    const codeVerifier = parameters.get("code_verifier");
    return redeemCode(client, { code, redirectUri, codeVerifier }, { pool, context });
  },

  refresh_token: async ({ pool, client }, parameters, { tokens, request }) => {
    const refreshToken = required(parameters, "refresh_token");
    try {
      return await tokens.refresh({ pool, client, refreshToken, deviceKey: null, requestContext: request });
    } catch (error) {
      if (!(error instanceof ServiceException)) throw error;
      throw new OAuthError("invalid_grant", undefined, { cause: error });
    }
  },

  client_credentials: (party, parameters, context) =>
    issueToClient(party, parameters.get("scope"), context, clientMetadata(parameters)),
} satisfies Record<string, Grant>;

const MAX_METADATA = 1000;

/** A JSON object of texts, for the pool's PreTokenGeneration function. */
function clientMetadata(parameters: Parameters): Readonly<Record<string, string>> | undefined {
  const text = parameters.get("aws_client_metadata");
  if (text === undefined) return undefined;
  const metadata = parseJson(text);
  if (!holdsAtMost(MAX_METADATA, metadata)) throw new OAuthError("invalid_request");
  const read = z.record(z.string(), z.string()).safeParse(metadata);
  if (!read.success) throw new OAuthError("invalid_request");
  return read.data;
}

function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new OAuthError("invalid_request");
  return value;
}

/** The members in the order of the service's answers. */
function tokenAnswer({ IdToken, AccessToken, RefreshToken, ExpiresIn, TokenType }: AuthenticationResultType) {
  return {
    id_token: IdToken,
    access_token: AccessToken,
    refresh_token: RefreshToken,
    expires_in: ExpiresIn,
    token_type: TokenType,
  };
}
