import type { FastifyRequest } from "fastify";
import type { AppClientRecord, UserPoolRecord } from "../storage/index.ts";
import { OAuthError, type OperationContext, provesClientSecret } from "../user-pools/index.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Parameters } from "./parameters.ts";

export interface Party {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
}

/** The client with this id, where it is one of this endpoint's pool. */
export async function clientOf(
  clientId: string,
  endpoint: Endpoint,
  { store }: OperationContext,
): Promise<Party | undefined> {
  const client = await store.clients.get(clientId);
  if (client === undefined || (endpoint.poolId ?? client.poolId) !== client.poolId) return undefined;
  const pool = await store.pools.get(client.poolId);
  return pool && { pool, client };
}

/**
 * Authenticates the client of a token request: a confidential one by either of its secrets, in the header or in the body.
 *
 * @throws OAuthError `invalid_client` it is unknown or the secret is wrong; `invalid_request` none is named, or two are
 * @see RFC 6749 §2.3.1
 */
export async function authenticateClient(
  request: FastifyRequest,
  parameters: Parameters,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<Party> {
  const basic = basicCredentials(request.headers.authorization);
  const named = parameters.get("client_id");
  if (basic !== undefined && named !== undefined && named !== basic.id)
    throw new OAuthError("invalid_request");
  const id = basic?.id ?? named;
  if (id === undefined) throw new OAuthError("invalid_request");
  const party = await clientOf(id, endpoint, context);
  if (party === undefined) throw new OAuthError("invalid_client");
  const isPublic = party.client.secrets.length === 0;
  // A public client that sends a secret in the body is let by, as Cognito has it; one that claims to have proved it is not.
  const secret = basic?.secret ?? (isPublic ? undefined : parameters.get("client_secret"));
  if (!provesClientSecret(party.client, secret === "" ? undefined : secret)) {
    throw new OAuthError("invalid_client", "invalid_client_secret");
  }
  return party;
}

/** The token of RFC 6750 §2.1. */
export function bearerToken({ headers }: FastifyRequest): string | undefined {
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}

/** @throws OAuthError `invalid_request` the header is of this scheme and cannot be read */
function basicCredentials(
  authorization: string | undefined,
): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^basic +(.*)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1) throw new OAuthError("invalid_request");
  return { id: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) };
}

/** RFC 6749 §2.3.1 wants both form-encoded; what cannot be decoded was not encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", "%2B"));
  } catch {
    return text;
  }
}
