/**
 * The changes that a pool's PreTokenGeneration function makes to tokens that are about to be issued.
 *
 * @see Developer Guide, "Pre token generation Lambda trigger"
 */
import type { JwtClaims } from "../../crypto/index.ts";
import { lazy } from "../../lazy.ts";
import type { GroupRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { groupClaims } from "../groups/index.ts";
import type { RequestContext } from "../request-context.ts";
import { configuredFunction, type TriggerSource } from "../triggers/index.ts";
import type { IssueRequest } from "./issuing.ts";

/** Why tokens are issued, as the trigger is told. */
export type TokenSource = Extract<TriggerSource, `TokenGeneration_${string}`>;

/** Changes the claims of a token. Undefined members are left out of the token. */
type ClaimsChange = (claims: JwtClaims) => JwtClaims;

export interface TokenChanges {
  readonly id: ClaimsChange;
  readonly access: ClaimsChange;
}

/** Only some pools have such a function. */
const changes = lazy(() => import("./token-changes.ts"));

const UNCHANGED: TokenChanges = { id: (claims) => claims, access: (claims) => claims };

/**
 * Asks the function.
 *
 * @throws UserLambdaValidationException @throws InvalidLambdaResponseException there are no tokens then
 */
export async function preTokenGeneration(
  { pool, client, user, signIn, source, requestContext }: IssueRequest,
  groups: readonly GroupRecord[],
  { triggers }: Pick<Environment, "triggers">,
): Promise<TokenChanges> {
  if (!triggers.has(pool, source)) return UNCHANGED;
  const { groups: groupsToOverride, roles, preferredRole } = groupClaims(groups);
  const response = await triggers.invoke(source, {
    pool,
    clientId: client.id,
    username: user.username,
    user,
    request: {
      groupConfiguration: {
        groupsToOverride,
        iamRolesToOverride: roles,
        preferredRole: preferredRole ?? null,
      },
      scopes: signIn.scope.split(" "),
    },
    requestContext: requestContext ?? NO_REQUEST,
  });
  const isFirst = configuredFunction(pool, source)?.version === "1";
  return changesByFunction(response, isFirst, client.id);
}

/**
 * @param response undefined where the pool has no function
 * @param isFirst whether the event was of version 1
 * @param clientId which alone an access token may have as `aud`
 * @throws InvalidLambdaResponseException
 */
export async function changesByFunction(
  response: Readonly<Record<string, unknown>> | undefined,
  isFirst: boolean,
  clientId: string,
): Promise<TokenChanges> {
  if (response === undefined) return UNCHANGED;
  const { changesOf } = await changes();
  return changesOf(response, isFirst, clientId);
}

/** Of tokens that are not issued by the API. */
const NO_REQUEST: RequestContext = {
  requestId: "",
  region: "",
  callerArn: undefined,
  sourceIp: undefined,
  userAgent: undefined,
  clientMetadata: undefined,
  userContextData: undefined,
};
