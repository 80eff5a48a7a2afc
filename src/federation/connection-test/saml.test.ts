import { beforeEach, describe, expect, it } from "vitest";
import { TEST_TIME } from "../../user-pools/testing.ts";
import { identityProviderMetadata, testKey } from "../saml/fixtures/identity-provider.ts";
import { addressNotAllowed, openTestedProvider, type TestedProvider } from "./testing.ts";

const DAY = 24 * 60 * 60 * 1000;

let provider: TestedProvider;
beforeEach(async () => {
  provider = await openTestedProvider();
});

/** @returns the provider's metadata */
async function createSaml(details: Record<string, string> = {}, lifeMilliseconds = 365 * DAY) {
  const { certificate } = await testKey(TEST_TIME - DAY, lifeMilliseconds);
  const metadata = identityProviderMetadata([certificate]);
  provider.answers["/sso"] = () => new Response("sign in");
  await provider.create("SAML", { MetadataFile: metadata, ...details });
  return metadata;
}

describe("the test of a SAML provider", () => {
  it("passes every step for a provider without faults", async () => {
    await createSaml({ IDPSignout: "true", EncryptedResponses: "true" });
    const { canSignIn, steps } = await provider.test();
    expect(canSignIn).toBe(true);
    expect(steps).toEqual({
      metadata: { status: "ok", detail: "https://idp.example.com/saml" },
      certificates: { status: "ok", detail: "2026-12-31" },
      signIn: { status: "ok", detail: "https://idp.example.com/sso" },
      signOut: { status: "ok", detail: "https://idp.example.com/slo" },
      encryption: { status: "ok", reason: "giveCertificate" },
      clock: { status: "ok", detail: "2" },
    });
    expect(provider.requests.at(-1)?.searchParams.has("SAMLRequest")).toBe(true);
  });

  it("warns of a certificate that expires soon, and fails with an expired one", async () => {
    await createSaml({}, 10 * DAY);
    expect((await provider.test()).steps.certificates).toEqual({
      status: "warning",
      reason: "expiresSoon",
      detail: "2026-01-10",
    });
    provider.context.clock.advance(20 * DAY);
    const { steps, canSignIn } = await provider.test();
    expect(steps.certificates).toMatchObject({ status: "failed", reason: "expired" });
    expect(canSignIn).toBe(false);
  });

  it("explains a request that the provider refuses", async () => {
    await createSaml();
    provider.answers["/sso"] = () => new Response("unknown service provider", { status: 403 });
    expect((await provider.test()).steps.signIn).toEqual({
      status: "warning",
      reason: "requestRefused",
      detail: "https://idp.example.com/sso: 403",
    });
  });

  it("explains that the provider requires signed requests", async () => {
    const metadata = await createSaml();
    await provider.update({
      MetadataFile: metadata.replace(
        "<md:IDPSSODescriptor ",
        '<md:IDPSSODescriptor WantAuthnRequestsSigned="true" ',
      ),
    });
    const { steps } = await provider.test();
    expect(steps.signIn).toMatchObject({ status: "failed", reason: "wantsSignedRequests" });
  });

  it.each<[string, () => Response, object]>([
    ["answers 404", () => new Response(null, { status: 404 }), { reason: "status" }],
    ["is at an address that is not allowed", addressNotAllowed, { reason: "addressNotAllowed" }],
    ["is no SAML metadata", () => new Response("<html></html>"), { reason: "notMetadata" }],
  ])("reads metadata from its URL again, and explains metadata that %s", async (_, answer, expected) => {
    const { certificate } = await testKey(TEST_TIME);
    provider.answers["/metadata"] = () => new Response(identityProviderMetadata([certificate]));
    await provider.create("SAML", { MetadataURL: "https://idp.example.com/metadata" });
    provider.answers["/metadata"] = answer;
    const { steps } = await provider.test();
    expect(steps).toEqual({ metadata: expect.objectContaining({ status: "failed", ...expected }) });
  });
});
