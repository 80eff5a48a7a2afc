import { isLoopback } from "../../loopback.ts";
import type { GuardedRequest } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import {
  authorizationUrl,
  openProvider,
  PlainHttpEndpoint,
  type Provider,
  ProviderRefusal,
  readDiscoveryDocument,
  tokenRequest,
} from "../oidc/index.ts";
import type { ConnectionReport, Step } from "./connection-report.ts";
import type { TestContext } from "./index.ts";
import { clockStep, failureOf, report, step } from "./steps.ts";

/** A code that no provider has issued, and its verifier. */
const NO_CODE = "cognate-connection-test";
const VERIFIER = "cognate-connection-test-has-no-code-verifier";

export async function testOidc(
  record: IdentityProviderRecord,
  baseUrls: readonly string[],
  context: TestContext,
): Promise<ConnectionReport> {
  const { step: discovery, date } = await testDiscovery(record, context);
  if (discovery.status === "failed") return report(record, [discovery]);
  const provider = await openProvider(record, context).catch((error: unknown) => {
    if (error instanceof ProviderRefusal) return error;
    throw error;
  });
  if (provider instanceof ProviderRefusal) {
    const reason = provider instanceof PlainHttpEndpoint ? "plainHttp" : "endpointsMissing";
    return report(record, [discovery, step("endpoints", "failed", reason, provider.message)]);
  }
  const endpoints = testEndpoints(provider);
  if (endpoints.status === "failed") return report(record, [discovery, endpoints]);
  const [keys, authorization, credentials, userInfo] = await Promise.all([
    testKeys(provider, context),
    testAuthorization(provider, baseUrls, context),
    testCredentials(provider, baseUrls, context),
    testUserInfo(provider, context),
  ]);
  const dates = [date, keys.date, authorization.date, credentials.date];
  const clock = clockStep(
    dates.find((each) => each),
    context.clock.now(),
  );
  return report(record, [
    discovery,
    endpoints,
    keys.step,
    authorization.step,
    credentials.step,
    userInfo.step,
    clock,
  ]);
}

interface Tested {
  readonly step: Step;
  /** The `Date` of the answer. */
  readonly date?: string | null | undefined;
}

async function testDiscovery(
  { type, details: stored }: IdentityProviderRecord,
  context: TestContext,
): Promise<Tested> {
  const details = { ...stored, ...context.providers.endpoints[type] };
  const issuer = details.oidc_issuer?.replace(/\/$/, "");
  if (issuer === undefined) return { step: step("discovery", "skipped", "noDiscovery") };
  if (details.authorize_url && details.token_url && details.jwks_uri) {
    return { step: step("discovery", "skipped", "endpointsGiven") };
  }
  const url = `${issuer}/.well-known/openid-configuration`;
  let date: string | null | undefined;
  // Anew: what was kept of an earlier document says nothing of now.
  const fetch: TestContext["providers"]["fetch"] = async (address, request) => {
    const answer = await context.providers.fetch(address, request);
    date = answer.headers.get("date");
    return answer;
  };
  try {
    await readDiscoveryDocument(issuer, fetch);
    return { step: step("discovery", "ok", undefined, url), date };
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    const { cause, message } = error;
    if (cause !== undefined) {
      const { reason, detail } = failureOf(cause);
      return { step: step("discovery", "failed", reason, `${url}: ${detail}`) };
    }
    const reason = /issuer/.test(message.replace(issuer, "")) ? "otherIssuer" : "noDocument";
    return { step: step("discovery", "failed", reason, message), date };
  }
}

function testEndpoints({ authorizeUrl, tokenUrl, userInfoUrl, jwksUri }: Provider): Step {
  const all = [authorizeUrl, tokenUrl, userInfoUrl, jwksUri].filter((url) => url !== undefined);
  const wrong = all.find((url) => !URL.canParse(url));
  if (wrong !== undefined) return step("endpoints", "failed", "noUrl", wrong);
  const plain = all.find((url) => url.startsWith("http:") && !isLoopback(new URL(url).hostname));
  if (plain !== undefined) return step("endpoints", "warning", "plainHttp", plain);
  const hosts = new Set(all.map((url) => new URL(url).host));
  return step("endpoints", "ok", undefined, [...hosts].join(", "));
}

async function testKeys({ jwksUri }: Provider, context: TestContext): Promise<Tested> {
  if (jwksUri === undefined) return { step: step("keys", "skipped", "noIdTokens") };
  const asked = await ask("keys", jwksUri, {}, context);
  if ("step" in asked) return asked;
  const { answer, date } = asked;
  if (answer.status !== 200) {
    return { step: step("keys", "failed", "status", `${jwksUri}: ${answer.status}`), date };
  }
  const body = (await answer.json().catch(() => undefined)) as { readonly keys?: unknown } | undefined;
  const keys: readonly unknown[] = Array.isArray(body?.keys) ? body.keys : [];
  const signing = keys.filter(isSigningKey);
  if (signing.length === 0) return { step: step("keys", "failed", "noKeys", jwksUri), date };
  return { step: step("keys", "ok", undefined, String(signing.length)), date };
}

function isSigningKey(key: unknown): boolean {
  const { kty, use } = (key ?? {}) as { readonly kty?: unknown; readonly use?: unknown };
  return (kty === "RSA" || kty === "EC" || kty === "OKP") && (use === undefined || use === "sig");
}

/** Opens the provider's page as a browser would. A redirect URI that is not registered is refused there. */
async function testAuthorization(
  provider: Provider,
  baseUrls: readonly string[],
  context: TestContext,
): Promise<Tested> {
  const results = await Promise.all(
    baseUrls.map(async (baseUrl) => {
      const redirectUri = `${baseUrl}/oauth2/idpresponse`;
      const request = {
        redirectUri,
        state: NO_CODE,
        nonce: context.random.uuid(),
        codeVerifier: VERIFIER,
      };
      return {
        redirectUri,
        asked: await ask("authorization", authorizationUrl(provider, request), {}, context),
      };
    }),
  );
  const failed = results.map(({ asked }) => asked).find((asked) => "step" in asked);
  if (failed !== undefined && "step" in failed) return failed;
  const answered = results.flatMap(({ redirectUri, asked }) =>
    "step" in asked ? [] : [{ redirectUri, answer: asked.answer, date: asked.date }],
  );
  const date = answered[0]?.date;
  const accepted = answered.filter(({ answer }) => isAccepted(answer)).map(({ redirectUri }) => redirectUri);
  if (accepted.length > 0) return { step: step("authorization", "ok", undefined, accepted.join(" ")), date };
  const statuses = new Set(answered.map(({ answer }) => answer.status));
  return { step: step("authorization", "warning", "redirectUriRefused", [...statuses].join(", ")), date };
}

function isAccepted({ status, headers }: Response): boolean {
  if (status >= 400) return false;
  // Some providers redirect the browser to a page with the error.
  return !/[/?&_-]error\b/i.test(headers.get("location") ?? "");
}

/**
 * Redeems a code that does not exist. A provider looks at the client first: `invalid_grant` says that client and secret are
 * right, `invalid_client` that they are not (RFC 6749 §5.2).
 */
async function testCredentials(
  provider: Provider,
  baseUrls: readonly string[],
  context: TestContext,
): Promise<Tested> {
  const redirectUri = `${baseUrls[0] ?? ""}/oauth2/idpresponse`;
  let request: { readonly url: string; readonly request: GuardedRequest };
  try {
    request = await tokenRequest(provider, { code: NO_CODE, redirectUri, codeVerifier: VERIFIER }, context);
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    return { step: step("credentials", "failed", "privateKey", error.message) };
  }
  const asked = await ask("credentials", request.url, request.request, context, provider.tokenUrl);
  if ("step" in asked) return asked;
  const { answer, date } = asked;
  const body = (await answer.json().catch(() => undefined)) as { readonly error?: unknown } | undefined;
  const code = errorCodeOf(body?.error);
  const detail = `${answer.status}${code === undefined ? "" : ` ${code}`}`;
  if (code === "invalid_client" || code === "unauthorized_client" || answer.status === 401) {
    return { step: step("credentials", "failed", "clientRefused", detail), date };
  }
  if (code === "invalid_grant") return { step: step("credentials", "ok", undefined, detail), date };
  if (answer.status >= 500 || answer.status === 404 || answer.status === 405) {
    return { step: step("credentials", "failed", "status", `${provider.tokenUrl}: ${detail}`), date };
  }
  return { step: step("credentials", "warning", "unclearAnswer", detail), date };
}

/** Nothing else of the answer is shown: an administrator of one pool must not read other pages through this server. */
function errorCodeOf(error: unknown): string | undefined {
  return typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
}

/** Asks without a token, which must be refused. */
async function testUserInfo({ userInfoUrl }: Provider, context: TestContext): Promise<Tested> {
  if (!userInfoUrl) return { step: step("userInfo", "skipped", "noUserInfo") };
  const asked = await ask("userInfo", userInfoUrl, {}, context);
  // Sign-in does without it where the ID token says enough.
  if ("step" in asked) return { step: { ...asked.step, status: "warning" } };
  const { status } = asked.answer;
  const isWrong = status === 404 || status >= 500;
  return {
    step: isWrong
      ? step("userInfo", "warning", "status", `${userInfoUrl}: ${status}`)
      : step("userInfo", "ok", undefined, userInfoUrl),
  };
}

/** @param shown in place of an address that holds a secret */
async function ask(
  name: Step["name"],
  url: string,
  request: GuardedRequest,
  { providers }: TestContext,
  shown = url.split("?")[0] ?? "",
): Promise<Tested | { readonly answer: Response; readonly date: string | null }> {
  try {
    const answer = await providers.fetch(url, request);
    return { answer, date: answer.headers.get("date") };
  } catch (error) {
    const { reason, detail } = failureOf(error);
    return { step: step(name, "failed", reason, `${shown}: ${detail}`) };
  }
}
