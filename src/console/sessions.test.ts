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

/** The dependencies of sessions: an insecure seal and a store in memory. */
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

describe("console session", () => {
  const start = Date.parse("2026-01-01T00:00:00Z");

  it("is restored from its sealed cookie", async () => {
    const backend = backendOf(stoppedClock(start));
    const session = startSession(backend, administrator, byPassword);
    expect(await openSession(backend, sealSession(backend, session))).toEqual(session);
  });

  it("has a unique id", () => {
    const backend = backendOf(stoppedClock(start));
    const [first, second] = [1, 2].map(() => startSession(backend, administrator, byPassword).id);
    expect(first).not.toBe(second);
  });

  it("rejects a cookie that was sealed with another key or for another purpose", async () => {
    const backend = backendOf(stoppedClock(start));
    const session = startSession(backend, administrator, byPassword);
    expect(await openSession(backend, backend.tokens.seal("refresh token", session))).toBeUndefined();
    expect(await openSession(backend, "forged")).toBeUndefined();
  });

  it("ends after half an hour without activity", async () => {
    const clock = stoppedClock(start);
    const backend = backendOf(clock);
    const sealed = sealSession(backend, startSession(backend, administrator, byPassword));
    clock.advance(IDLE_LIMIT_MILLISECONDS - 1);
    expect(await openSession(backend, sealed)).toBeDefined();
    clock.advance(1);
    expect(await openSession(backend, sealed)).toBeUndefined();
  });

  it("lasts while it is used, for twelve hours at most", async () => {
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

  it("rejects the old cookie after the session was ended", async () => {
    const backend = backendOf(stoppedClock(start));
    const session = startSession(backend, administrator, byPassword);
    await endSession(backend, session);
    expect(await openSession(backend, sealSession(backend, session))).toBeUndefined();
  });

  it("ends when the user or the credential of the sign-in is removed", async () => {
    const backend = backendOf(stoppedClock(start));
    const sealed = sealSession(backend, startSession(backend, administrator, byPassword));
    backend.people.areValid = false;
    expect(await openSession(backend, sealed)).toBeUndefined();
  });
});

describe("session cookie", () => {
  it("is limited to the console path and to same-site requests, and hidden from scripts", () => {
    expect(cookieOptions(false)).toEqual({
      path: "/console",
      httpOnly: true,
      sameSite: "strict",
      secure: false,
    });
  });

  it("has a different name over TLS, so that plain HTTP can neither read nor replace it", () => {
    expect([cookieName(true), cookieName(false)]).toEqual(["__Secure-cognate-console", "cognate-console"]);
    expect(cookieOptions(true).secure).toBe(true);
  });
});
