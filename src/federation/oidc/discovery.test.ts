import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { OutboundFailure } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { openProvider, readDiscoveryDocument } from "./index.ts";
import { CLAIMS, ISSUER, openTestProvider, provider } from "./testing.ts";

const { context, answers, requests, reset, finish } = await openTestProvider();

describe("a provider that does not answer in time", () => {
  let issuer: string;
  let address: string;
  let record: IdentityProviderRecord;
  const open = (changed: Partial<IdentityProviderRecord> = {}) =>
    openProvider({ ...record, ...changed }, context);
  const fails = (kind: OutboundFailure["kind"], message: string) => {
    answers[address] = () => {
      throw new OutboundFailure(kind, message);
    };
  };
  const recovers = () => {
    answers[address] = () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    });
  };
  beforeEach(() => {
    reset();
    issuer = `https://${randomUUID()}.example.com`;
    address = `${issuer}/.well-known/openid-configuration`;
    record = provider({ oidc_issuer: issuer });
    fails("timed out", "The answer took too long.");
  });

  it("is not asked again for ten seconds, in which sign-ins fail with the same error", async () => {
    await expect(open()).rejects.toThrow(`Discovery at ${issuer} failed: The answer took too long.`);
    context.clock.advance(9_999);
    await expect(open()).rejects.toThrow(`Discovery at ${issuer} failed: The answer took too long.`);
    expect(requests).toHaveLength(1);
    context.clock.advance(1);
    recovers();
    expect((await open()).tokenUrl).toBe(`${issuer}/token`);
    expect(requests).toHaveLength(2);
  });

  it("is asked again if the clock is moved back", async () => {
    await expect(open()).rejects.toThrow("took too long");
    context.clock.advance(-3_600_000);
    recovers();
    await open();
  });

  it("is asked again at once when an administrator has changed it or has tested the connection", async () => {
    await expect(open()).rejects.toThrow("took too long");
    await expect(open({ lastModifiedAt: record.lastModifiedAt + 1 })).rejects.toThrow("took too long");
    expect(requests).toHaveLength(2);
    recovers();
    await readDiscoveryDocument(issuer, context.providers.fetch);
    await open();
  });

  it("is asked once for sign-ins that begin at the same time", async () => {
    const outcomes = await Promise.allSettled([open(), open(), open()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(requests).toHaveLength(1);
  });

  it.each(["not connected", "reset"] as const)(
    "is asked again at once if the failure was: %s",
    async (kind) => {
      fails(kind, "failed");
      await expect(open()).rejects.toThrow("failed");
      recovers();
      await open();
    },
  );
});

describe.each([
  ["token endpoint", "/token", "Timeout occurred in calling IdP token endpoint"],
  ["key set", "/keys", "Timeout in calling jwks uri"],
])("a %s that does not answer in time", (_, path, message) => {
  const address = ISSUER + path;
  const asked = () => requests.filter(({ url }) => url === address).length;
  const late = () => {
    throw new OutboundFailure("timed out", "The answer took too long.");
  };
  let record: IdentityProviderRecord;
  beforeEach(() => {
    reset();
    record = provider();
  });

  it("is not asked again for ten seconds, in which sign-ins fail with the same error", async () => {
    const answer = answers[address];
    answers[address] = late;
    await expect(finish(record)).rejects.toThrow(message);
    context.clock.advance(9_999);
    await expect(finish(record)).rejects.toThrow(message);
    expect(asked()).toBe(1);
    Object.assign(answers, { [address]: answer });
    await finish({ ...record, lastModifiedAt: record.lastModifiedAt + 1 });
    expect(asked()).toBe(2);
    context.clock.advance(1);
    await finish(record);
    expect(asked()).toBe(3);
  });

  it("is asked again when a request that was under way is answered", async () => {
    const answer = answers[address];
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: isAsked, resolve: ask } = Promise.withResolvers<void>();
    answers[address] = async () => {
      ask();
      await promise;
      return answer?.();
    };
    const slow = finish(record);
    await isAsked;
    answers[address] = late;
    await expect(finish(record)).rejects.toThrow(message);
    resolve();
    await slow;
    Object.assign(answers, { [address]: answer });
    await finish(record);
  });
});

it("asks a user info endpoint that does not answer in time once in ten seconds, and signs in without it", async () => {
  reset();
  const record = provider();
  answers[`${ISSUER}/me`] = () => {
    throw new OutboundFailure("timed out", "The answer took too long.");
  };
  for (const _ of [1, 2]) expect((await finish(record)).claims.email).toBe(CLAIMS.email);
  expect(requests.filter(({ url }) => url.startsWith(`${ISSUER}/me`))).toHaveLength(1);
});
