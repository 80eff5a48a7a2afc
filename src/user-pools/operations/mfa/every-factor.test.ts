import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChallengeNameType, RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import { testContext } from "../../testing.ts";
import { PASSWORD } from "../authentication/testing.ts";
import { APP, appCode, EMAIL, mfaScene, ON, SMS } from "./testing.ts";

const CHALLENGES = [
  "SMS_MFA",
  "EMAIL_OTP",
  "SOFTWARE_TOKEN_MFA",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
  "NEW_PASSWORD_REQUIRED",
  "PASSWORD_VERIFIER",
] as const satisfies readonly ChallengeNameType[];

/** One request of a client that mixes up everything it has seen. */
const request = fc.record({
  /** Which of the Sessions seen so far it answers; or begins a new sign-in. */
  session: fc.option(fc.nat(30), { nil: undefined, freq: 4 }),
  user: fc.constantFrom("alice", "bob"),
  /** Undefined for the challenge that the Session is for. */
  challenge: fc.option(fc.constantFrom(...CHALLENGES), { nil: undefined, freq: 4 }),
  /** Which of the codes sent so far, to whichever user, it answers with. */
  code: fc.option(fc.nat(30), { nil: undefined, freq: 2 }),
  choice: fc.constantFrom("SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"),
  usesApp: fc.boolean(),
});

interface Seen {
  readonly user: string;
  readonly challenge: RespondToAuthChallengeResponse;
  /** The code that was sent with the challenge. */
  readonly code: string | undefined;
}

describe("a pool that demands a second factor", () => {
  it("gives no tokens without it, in whatever order challenges are answered", async () => {
    const context = await testContext();
    const scene = () =>
      mfaScene(
        { ...ON, ...SMS, ...APP, ...EMAIL },
        { email: "a@example.com", phone_number: "+15550100001" },
        Promise.resolve(context),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
        const here = await scene();
        await here.addUser({ username: "bob", attributes: { phone_number: "+15550100002" } });
        const seen: Seen[] = [];
        const take = async (user: string, answer: Promise<RespondToAuthChallengeResponse>) => {
          const before = context.sent.length;
          const challenge = await answer;
          const code = /\d{6,8}/.exec(context.sent[before]?.body ?? "")?.[0];
          if (challenge.Session !== undefined) seen.push({ user, challenge, code });
          return challenge;
        };
        for (const { session, user, challenge, code, choice, usesApp } of requests) {
          const open = session === undefined ? undefined : seen[session % Math.max(seen.length, 1)];
          if (open === undefined) {
            await take(
              user,
              here.call("InitiateAuth", {
                ClientId: here.client.id,
                AuthFlow: "USER_PASSWORD_AUTH",
                AuthParameters: { USERNAME: user, PASSWORD },
              }),
            ).catch(() => undefined);
            continue;
          }
          const sent = code === undefined ? "000000" : (seen[code % seen.length]?.code ?? "000000");
          const given = usesApp ? appCode("A".repeat(52), context.clock.now()) : sent;
          const answered = await take(
            user,
            here.answer(
              { ...open.challenge, ChallengeName: challenge ?? open.challenge.ChallengeName },
              {
                USERNAME: user,
                SMS_MFA_CODE: given,
                EMAIL_OTP_CODE: given,
                SOFTWARE_TOKEN_MFA_CODE: given,
                ANSWER: choice,
                NEW_PASSWORD: "Battery-staple-2",
              },
            ),
          ).catch(() => undefined);
          if (answered?.AuthenticationResult === undefined) continue;
          expect(user).toBe(open.user);
          expect(given).toBe(open.code);
        }
      }),
      { numRuns: 60, seed: 20_261_129 },
    );
    await context.store.close();
  });
});
