/**
 * Signing in: one state machine. The operations of the API are adapters of it; others, such as login pages, can be.
 *
 * ```
 * beginSignIn ──► identify ► refuse ► PreAuthentication ► prove ► refuse ► decide ──► challenge ──► answerChallenge ──► …
 *                                                                                └──► signed in
 * ```
 * `engine.ts` takes these steps for every flow. `flows.ts` says how a flow begins, a module of `challenges/` how a challenge
 * is put and judged, `next.ts` what comes after a proof. An attempt remembers what was proved. Between two calls it travels
 * with the client in a sealed envelope, so any node can take the next step, and each step can be taken once.
 *
 * Leaves to others: which parameters the API wants and what it answers (`operations/authentication/`), what tokens are
 * (`tokens/`), what a password is (`passwords/`).
 */
export type { ChallengeStep, Channel, Parameters, Party, Step, StepUp } from "./attempt.ts";
export { answerChallenge, beginSignIn, sendCodeAgain } from "./engine.ts";
export { required } from "./errors.ts";
export { provedMethods } from "./methods.ts";
export { challengesOfStepUp } from "./session-step-up.ts";
export { finishTotpSetup, openTotpSetup, sealTotpSetup } from "./totp-setup.ts";
