import { beforeEach, describe, expect, it } from "vitest";
import { identityProviderMetadata, testKey } from "../../federation/saml/fixtures/identity-provider.ts";
import { OutboundFailure } from "../../outbound/index.ts";
import { type Caller, caller } from "../operations/testing.ts";
import { TEST_TIME, type TestContext, testContext } from "../testing.ts";
import { currentSamlMetadata } from "./refreshed-metadata.ts";

const HOUR = 60 * 60 * 1000;
const URL = "https://idp.example.com/metadata";

let context: TestContext;
let api: Caller;
let UserPoolId: string;
/** The answer of the URL, and the number of requests to it. */
let answer: () => Response | Promise<Response>;
let asked: number;

beforeEach(async () => {
  asked = 0;
  const fetch = async () => {
    asked += 1;
    return answer();
  };
  context = await testContext({ providers: { fetch, endpoints: {} } });
  api = caller(context);
  UserPoolId = await api.pool();
});

const input = () => ({
  UserPoolId,
  ProviderName: "Corp",
  ProviderType: "SAML" as const,
  ProviderDetails: { MetadataURL: URL },
});
const signInUrl = async () => {
  const provider = await context.store.identityProviders.get(UserPoolId, "Corp");
  if (!provider) throw new Error("There is no provider.");
  return (await currentSamlMetadata(provider, context)).signInUrl;
};

describe("SAML metadata at a URL", () => {
  it("is read when the provider is created, and again after six hours", async () => {
    const { certificate } = await testKey(TEST_TIME);
    answer = () => new Response(identityProviderMetadata([certificate]));
    const { IdentityProvider } = await api.call("CreateIdentityProvider", input());
    expect(IdentityProvider?.ProviderDetails).toEqual({
      MetadataURL: URL,
      SSORedirectBindingURI: "https://idp.example.com/sso",
      SLORedirectBindingURI: "https://idp.example.com/slo",
    });
    answer = () =>
      new Response(identityProviderMetadata([certificate], { signIn: "https://idp.example.com/new" }));
    context.clock.advance(6 * HOUR - 1);
    expect(await signInUrl()).toBe("https://idp.example.com/sso");
    expect(asked).toBe(1);
    context.clock.advance(1);
    expect(await signInUrl()).toBe("https://idp.example.com/new");
    expect(await signInUrl()).toBe("https://idp.example.com/new");
    expect(asked).toBe(2);
  });

  it("is used further while it cannot be read again, with a retry every five minutes", async () => {
    const { certificate } = await testKey(TEST_TIME);
    answer = () => new Response(identityProviderMetadata([certificate]));
    await api.call("CreateIdentityProvider", input());
    answer = () => new Response("", { status: 503 });
    context.clock.advance(7 * HOUR);
    expect(await signInUrl()).toBe("https://idp.example.com/sso");
    expect(await signInUrl()).toBe("https://idp.example.com/sso");
    expect(asked).toBe(2);
    expect(context.warnings).toHaveLength(1);
    context.clock.advance(5 * 60 * 1000);
    await signInUrl();
    expect(asked).toBe(3);
  });

  it.each<[string, (certificate: string) => Record<string, string>]>([
    ["the same URL", () => ({ MetadataURL: URL })],
    ["another URL", () => ({ MetadataURL: `${URL}/2` })],
    [
      "a file",
      (certificate) => ({
        MetadataFile: identityProviderMetadata([certificate], { signIn: "https://idp.example.com/new" }),
      }),
    ],
  ])("is replaced by %s that an administrator gives while it is read again", async (_, details) => {
    const { certificate } = await testKey(TEST_TIME);
    const metadata = (signIn: string) =>
      new Response(identityProviderMetadata([certificate], { signIn: `https://idp.example.com/${signIn}` }));
    answer = () => metadata("sso");
    await api.call("CreateIdentityProvider", input());
    context.clock.advance(7 * HOUR);
    answer = async () => {
      answer = () => metadata("new");
      const provider = { UserPoolId, ProviderName: "Corp", ProviderDetails: details(certificate) };
      await api.call("UpdateIdentityProvider", provider);
      return metadata("stale");
    };
    await signInUrl();
    expect(await signInUrl()).toBe("https://idp.example.com/new");
  });

  it("causes Cognito's error if it cannot be read when the provider is created", async () => {
    answer = () => new Response("", { status: 404 });
    expect(await api.refusal("CreateIdentityProvider", input())).toEqual([
      "InvalidParameterException",
      `Non-ok status code 404 returned from remote metadata source ${URL}`,
    ]);
    answer = () => {
      throw new OutboundFailure("not connected", "ECONNREFUSED");
    };
    expect(await api.refusal("CreateIdentityProvider", input())).toEqual([
      "InvalidParameterException",
      `Error retrieving metadata from ${URL}`,
    ]);
  });
});

it("is parsed once for all sign-ins between two changes of the provider", async () => {
  const { certificate } = await testKey(TEST_TIME);
  const metadata = identityProviderMetadata([certificate]);
  const details = (MetadataFile: string) => ({ ...input(), ProviderDetails: { MetadataFile } });
  await api.call("CreateIdentityProvider", details(metadata));
  const current = async () => {
    const provider = await context.store.identityProviders.get(UserPoolId, "Corp");
    return provider && currentSamlMetadata(provider, context);
  };
  const first = await current();
  expect(await current()).toBe(first);
  const { ProviderType: _, ...change } = details(metadata.replace("/sso", "/new"));
  await api.call("UpdateIdentityProvider", change);
  expect((await current())?.signInUrl).toBe("https://idp.example.com/new");
});
