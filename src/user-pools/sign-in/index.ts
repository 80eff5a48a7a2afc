/**
 * Signing in: one state machine that the operations of the API and the managed login pages are skins over.
 *
 * ```
 * begin(flow, parameters) ──► proof ──► what is next? ──► challenge ──► answer(challenge, responses) ──► proof ──► …
 *                                                    └──► tokens
 * ```
 * A flow (`flows/`) says how a sign-in begins, a challenge (`challenges/`) how it is put and judged, `next-challenge.ts`
 * what comes after a proof. All that lies between the two calls travels with the client: in a sealed Session, or in the
 * challenge's own parameters. So any node can take the next step, and each step can be taken once.
 *
 * Leaves to others: what tokens are (`tokens/`), what a password is (`passwords/`), the wire (`src/aws/`).
 */
export { answer, begin } from "./engine.ts";
export type { AnswerRequest, BeginRequest, Channel, Party, SignInContext, Step } from "./step.ts";
