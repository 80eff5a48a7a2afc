/**
 * A step of a sign-in as the form of its page carries it: sealed, so that it comes back as it was. The Session in it works
 * once and for a few minutes; the step itself says only what was shown.
 */
import type { ChallengeNameType } from "../../../api-model/index.ts";
import type { ChallengeStep, OperationContext } from "../../../user-pools/index.ts";

const SEAL_PURPOSE = "sign-in step";

export interface ShownStep {
  readonly clientId: string;
  readonly name: string;
  readonly challenge: ChallengeNameType;
  readonly session: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** Of a choice-based sign-in: what the user can begin with. */
  readonly available?: readonly string[] | undefined;
  /** The user's choice among them, where that needs more than the choice. */
  readonly chosen?: "PASSWORD" | undefined;
  /** The second factor that is being set up. */
  readonly setup?: { readonly factor: string; readonly secret?: string } | undefined;
}

export function shownStep(
  clientId: string,
  name: string,
  { challenge, session, parameters, availableChallenges }: ChallengeStep,
): ShownStep {
  return { clientId, name, challenge, session, parameters, available: availableChallenges };
}

export function sealStep(step: ShownStep, { crypto }: OperationContext): string {
  return crypto.tokens.seal(SEAL_PURPOSE, step);
}

/** @returns undefined for what was not sealed here, or for another client */
export function openStep(
  sealed: string,
  clientId: string,
  { crypto }: OperationContext,
): ShownStep | undefined {
  // Only sealStep seals for this purpose.
  const step = crypto.tokens.open(SEAL_PURPOSE, sealed) as ShownStep | undefined;
  return step?.clientId === clientId ? step : undefined;
}
