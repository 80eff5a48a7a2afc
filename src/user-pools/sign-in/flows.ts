import type { AuthFlowType } from "../../api-model/index.ts";
import { matchesPassword } from "../passwords/index.ts";
import type { Attempt, Parameters, SignInContext } from "./attempt.ts";
import { type AskAnother, passed, type Verdict } from "./challenge.ts";
import { missingParameter, notBuilt, required, wrongCredentials } from "./errors.ts";

/** What a flow begins with: the proof that came with the request, or the challenge that asks for the first one. */
type Opening = (attempt: Attempt, given: Parameters, context: SignInContext) => Promise<Verdict>;

/** The password came along. */
const provePassword: Opening = async ({ pool, user }, given, { crypto }) => {
  // Without a user, too: the answer must take as long whether or not the user exists.
  const isRight = await matchesPassword(crypto, pool, user, required(given, "PASSWORD"));
  return isRight && user !== undefined
    ? passed("password")
    : { outcome: "failed", refusal: wrongCredentials(), counts: true };
};

/** The password is proved by SRP, without being sent. */
const askForSrp: Opening = async () =>
  ({ outcome: "ask another", challenge: "PASSWORD_VERIFIER" }) satisfies AskAnother;

/** The pool's own functions decide. A client that can prove the password by SRP says so with its first request. */
const beginCustom: Opening = async (_, { CHALLENGE_NAME, SRP_A }) => {
  if (CHALLENGE_NAME !== "SRP_A") return { outcome: "round", round: undefined };
  if (!SRP_A) throw missingParameter("SRP_A");
  const round = { challengeName: "SRP_A", challengeResult: true, challengeMetadata: null } as const;
  return { outcome: "round", round };
};

const refuseAsNotBuilt: Opening = async ({ flow }) => {
  throw notBuilt(flow);
};

/** How each flow begins. Refreshing is no sign-in. */
export const openings: { readonly [Name in Exclude<AuthFlowType, RefreshFlow>]: Opening } = {
  USER_PASSWORD_AUTH: provePassword,
  ADMIN_USER_PASSWORD_AUTH: provePassword,
  // The name from before 2019.
  ADMIN_NO_SRP_AUTH: provePassword,
  USER_SRP_AUTH: askForSrp,
  CUSTOM_AUTH: beginCustom,
  USER_AUTH: refuseAsNotBuilt,
};

export type RefreshFlow = "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN";
