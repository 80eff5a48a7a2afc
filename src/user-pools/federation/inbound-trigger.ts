import type { AppClientRecord, IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";
import type { OperationContext } from "../operation.ts";
import { unrecognizableOutput } from "../triggers/index.ts";

/** A provider's claims about a user. */
export type Claims = Readonly<Record<string, string>>;

interface Inbound {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly provider: IdentityProviderRecord;
  readonly username: string;
  /** As the event has them: `samlResponse`, or `tokenResponse`, `idToken` and `userInfo`. */
  readonly attributes: Readonly<Record<string, Claims>>;
}

/**
 * The claims of a provider after the pool's InboundFederation function; undefined if it does not change them.
 *
 * @throws UserLambdaValidationException it refuses
 * @throws InvalidLambdaResponseException its answer has another form
 * @see Developer Guide, "Inbound federation Lambda trigger"
 */
export async function inboundClaims(
  { pool, client, provider, username, attributes }: Inbound,
  { triggers, request }: OperationContext,
): Promise<Claims | undefined> {
  const response = await triggers.invoke("InboundFederation_ExternalProvider", {
    pool,
    clientId: client.id,
    username,
    user: undefined,
    request: { providerName: provider.name, providerType: provider.type, attributes },
    requestContext: request,
  });
  const given: unknown = response?.userAttributesToMap;
  if (given === undefined || given === null) return undefined;
  const isMap = typeof given === "object" && !Array.isArray(given);
  const claims = isMap ? Object.entries(given).filter(([, value]) => value !== null) : [];
  if (!isMap || claims.some(([, value]) => typeof value === "object")) {
    throw unrecognizableOutput();
  }
  return claims.length === 0
    ? undefined
    : Object.fromEntries(claims.map(([name, value]) => [name, String(value)]));
}
