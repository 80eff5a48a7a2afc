import type { AuthenticationResultType, AuthFlowType, ChallengeNameType } from "../../api-model/index.ts";
import type { Attempt, BeginRequest, Channel, Proof, SignInContext } from "./step.ts";

/** One value of `AuthFlow`: what a sign-in by it begins with. */
export interface Flow {
  /** The name under which an app client allows it. */
  readonly name: AuthFlowType;
  /** The doors through which it may come. */
  readonly channels: readonly Channel[];
  /** The text for app clients that do not allow it. */
  readonly notEnabledMessage: string;
  /** The parameter that says whom the sign-in is for, and over which SECRET_HASH is made. */
  readonly namesUserBy: "USERNAME" | "REFRESH_TOKEN";
  begin(request: BeginRequest, context: SignInContext): Promise<Beginning>;
}

/** How a flow begins: with something proved, with a challenge of the flow's own, or done. */
export type Beginning =
  | { readonly kind: "proof"; readonly proof: Proof }
  | { readonly kind: "challenge"; readonly challenge: ChallengeNameType; readonly attempt: Attempt }
  | { readonly kind: "grant"; readonly result: AuthenticationResultType };
