import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { OutboundFailure } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { openProvider, readDiscoveryDocument } from "./index.ts";
import { openTestProvider, provider } from "./testing.ts";

const { context, answers, requests, reset } = await openTestProvider();

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
    await expect(open({ lastModifiedAt: 1 })).rejects.toThrow("took too long");
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
