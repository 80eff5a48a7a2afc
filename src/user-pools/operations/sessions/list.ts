import { InvalidParameterException, type SessionDescriptionType } from "../../../api-model/index.ts";
import type { SignInRecord, UserRecord } from "../../../storage/index.ts";
import type { OperationContext } from "../../operation.ts";
import { sessionType, trackedSignIns } from "../../sessions/index.ts";
import { INVALID_TOKEN } from "../page-tokens.ts";
import { requireSessionTracking } from "./require-tracking.ts";

/**
 * A user's sessions on one page, as Cognito answers them, the newest first.
 *
 * @param current the sign-in that asks, if one does
 * @throws InvalidParameterException there is a token: no page was followed by another one
 */
export async function describeSessions(
  { poolId, sub }: UserRecord,
  nextToken: string | undefined,
  current: SignInRecord | undefined,
  { store, clock }: OperationContext,
): Promise<{ Sessions: SessionDescriptionType[] }> {
  await requireSessionTracking(store, poolId);
  if (nextToken !== undefined) throw new InvalidParameterException(INVALID_TOKEN);
  const signIns = await trackedSignIns(store, poolId, sub, clock.now());
  return { Sessions: signIns.map((signIn) => sessionType(signIn, current)) };
}
