import type { ChallengeNameType } from "../../api-model/index.ts";
import type { Challenge } from "./challenge.ts";
import { newPasswordRequired } from "./challenges/new-password-required.ts";
import { passwordVerifier } from "./challenges/password-verifier.ts";

/** Every challenge that is built, by its name on the wire. */
export const challenges: { readonly [Name in ChallengeNameType]?: Challenge } = {
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  PASSWORD_VERIFIER: passwordVerifier,
};
