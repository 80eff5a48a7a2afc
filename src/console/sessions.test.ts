import { describe, expect, it } from "vitest";
import { type MovableClock, stoppedClock } from "../clock.ts";
import { seededRandom } from "../random.ts";
import type { ConsolePrincipal } from "./backend.ts";
import {
  ABSOLUTE_LIMIT_MILLISECONDS,
  cookieName,
  cookieOptions,
  endSession,
  IDLE_LIMIT_MILLISECONDS,
  openSession,
  refreshedSession,
  sealSession,
  startSession,
} from "./sessions.ts";

const administrator: ConsolePrincipal = {
  arn: "arn:aws:iam::123456789012:user/cognate",
  userName: "cognate",
  userId: "AIDAEXAMPLE",
};
const byPassword = { kind: "password", digest: "of the hash" } as const;

/** What sessions stand on, with a seal that anybody could break and a store in memory. */
function backendOf(clock: MovableClock) {
  const usedTickets = new Set<string>();
  const people = { areValid: true };
  return {
    clock,
    people,
    random: seededRandom("sessions"),
    tokens: {
      seal: (purpose: string, value: object) => Buffer.from(JSON.stringify([purpose, value])).toString("hex"),
      open(purpose: string, text: string): unknown {
        if (!/^[\da-f]+$/.test(text)) return undefined;
        const [sealedFor, value] = JSON.parse(Buffer.from(text, "hex").toString());
        return sealedFor === purpose ? value : undefined;
      },
    },
    store: {
      usedTickets: {
        async use(id: string) {
          const isNew = !usedTickets.has(id);
          usedTickets.add(id);
          return isNew;
        },
        isUsed: async (id: string) => usedTickets.has(id),
        deleteExpired: async () => 0,
      },
    },
    principals: { isStillValid: async () => people.areValid },
  } as unknown as Parameters<typeof openSession>[0] & { people: { areValid: boolean } };
}

describe("a session of the console", () => {
  const start = Date.parse("2026-01-01T00:00:00Z");

  it("is what its sealed cookie says", async () => {
    const backend = backendOf(stoppedClock(start));
    const session = startSession(backend, administrator, byPassword);
    expect(await openSession(backend, sealSession(backend, session))).toEqual(session);
  });

  it("has an id of its own each time", () => {
    const backend = backendOf(stoppedClock(start));
    const [first, second] = [1, 2].map(() => startSession(backend, administrator, byPassword).id);
    expect(first).not.toBe(second);
  });

  it("is nothing that was sealed elsewhere or for another use", async () => {
    const backend = backendOf(stoppedClock(start));
    const session = startSession(backend, administrator, byPassword);
    expect(await openSession(backend, backend.tokens.seal("refresh token", session))).toBeUndefined();
    expect(await openSession(backend, "forged")).toBeUndefined();
  });

  it("ends when nothing was done for half an hour", async () => {
    const clock = stoppedClock(start);
    const backend = backendOf(clock);
    const sealed = sealSession(backend, startSession(backend, administrator, byPassword));
    clock.advance(IDLE_LIMIT_MILLISECONDS - 1);
    expect(await openSession(backend, sealed)).toBeDefined();
    clock.advance(1);
    expect(await openSession(backend, sealed)).toBeUndefined();
  });

  it("goes on while it is used, but for twelve hours at most", async () => {
    const clock = stoppedClock(start);
    const backend = backendOf(clock);
    let session = startSession(backend, administrator, byPassword);
    let sealed = sealSession(backend, session);
    let hours = 0;
    for (; (await openSession(backend, sealed)) !== undefined; hours += 0.25) {
      session = refreshedSession(session, clock.now()) ?? session;
      sealed = sealSession(backend, session);
      clock.advance(15 * 60 * 1000);
    }
    expect(hours * 3600 * 1000).toBe(ABSOLUTE_LIMIT_MILLISECONDS);
  });

  it("is over for good once it was ended, whoever kept the cookie", async () => {
    const backend = backendOf(stoppedClock(start));
    const session = startSession(backend, administrator, byPassword);
    await endSession(backend, session);
    expect(await openSession(backend, sealSession(backend, session))).toBeUndefined();
  });

  it("ends with the user, or with what they signed in by", async () => {
    const backend = backendOf(stoppedClock(start));
    const sealed = sealSession(backend, startSession(backend, administrator, byPassword));
    backend.people.areValid = false;
    expect(await openSession(backend, sealed)).toBeUndefined();
  });
});

describe("the cookie of a session", () => {
  it("is sent to the console alone, never by another site, never to scripts", () => {
    expect(cookieOptions(false)).toEqual({
      path: "/console",
      httpOnly: true,
      sameSite: "strict",
      secure: false,
    });
  });

  it("is another over TLS, which plain HTTP can neither read nor replace", () => {
    expect([cookieName(true), cookieName(false)]).toEqual(["__Secure-cognate-console", "cognate-console"]);
    expect(cookieOptions(true).secure).toBe(true);
  });
});
