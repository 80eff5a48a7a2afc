/** An OpenID provider that tells lies, breaks its own protocol, or answers what is no answer. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import { listen } from "../support/listen.ts";
import { brokenJson, deeplyNested, hostileText, mutatedJson } from "./mutate.ts";
import type { RandomSource } from "./random.ts";

export const CLIENT = { id: "cognate", secret: "the secret of the client at the provider" };

/** What the provider does with the next sign-in. */
export interface Plan {
  readonly nonce: string;
  /** Whether the ID token must be refused. */
  readonly isForged: boolean;
  readonly now: number;
}

export interface HostileProvider {
  readonly issuer: string;
  plan: Plan;
  stop(): void;
}

export async function startHostileProvider(random: RandomSource): Promise<HostileProvider> {
  const own = await generateKeyPair("RS256", { extractable: true });
  const foreign = await generateKeyPair("RS256", { extractable: true });
  const publicJwk = { ...(await exportJWK(own.publicKey)), kid: "own", use: "sig", alg: "RS256" };
  const foreignJwk = { ...(await exportJWK(foreign.publicKey)), kid: "own" };
  const publicPem = Buffer.from(await exportSPKI(own.publicKey));
  const server = createServer((request, response) => void answer(request, response));
  server.on("clientError", (_, socket) => socket.destroy());
  const issuer = `http://127.0.0.1:${await listen(server)}`;
  const provider: HostileProvider = {
    issuer,
    plan: { nonce: "", isForged: false, now: 0 },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };

  const claims = (): JWTPayload => {
    const seconds = Math.floor(provider.plan.now / 1000);
    return {
      iss: issuer,
      aud: CLIENT.id,
      sub: provider.plan.isForged ? "forged" : `user${random.below(4)}`,
      exp: seconds + 300,
      iat: seconds,
      auth_time: seconds,
      nonce: provider.plan.nonce,
      email: `${random.word(4)}@example.com`,
      email_verified: true,
      name: "Ada",
    };
  };
  const header = (more: object = {}) =>
    ({ alg: "RS256", kid: "own", ...more }) as JWTHeaderParameters & { alg: string };
  const signed = async (payload: JWTPayload, key = own.privateKey, more: object = {}) =>
    new SignJWT(payload).setProtectedHeader(header(more)).sign(key);
  const bySecret = (secret: Uint8Array) =>
    new SignJWT(claims()).setProtectedHeader({ alg: "HS256", kid: "own" }).sign(secret);

  const FORGERIES: readonly (() => string | Promise<string>)[] = [
    () => new UnsecuredJWT(claims()).encode(),
    () => bySecret(publicPem),
    () => bySecret(Buffer.from(JSON.stringify(publicJwk))),
    () => bySecret(Buffer.from(CLIENT.id)),
    () => signed(claims(), foreign.privateKey),
    () => signed(claims(), foreign.privateKey, { jwk: foreignJwk }),
    () => signed(claims(), foreign.privateKey, { jku: `${issuer}/other-keys`, x5u: `${issuer}/other-keys` }),
    () => signed(claims(), foreign.privateKey, { kid: "../../../../dev/null" }),
    () => signed({ ...claims(), iss: "https://elsewhere.example.com" }),
    () => signed({ ...claims(), aud: "another client" }),
    () => signed({ ...claims(), aud: [CLIENT.id, "another client"] }),
    () => signed({ ...claims(), aud: [CLIENT.id, "another client"], azp: "another client" }),
    () => signed({ ...claims(), exp: (claims().exp ?? 0) - 3600 }),
    () => signed({ ...claims(), nbf: (claims().exp ?? 0) + 3600 }),
    () => signed({ ...claims(), nonce: "another nonce" }),
    () => signed({ ...claims(), nonce: [provider.plan.nonce] as unknown as string }),
    async () => {
      const { exp: _, ...others } = claims();
      return signed(others);
    },
    async () => (await signed(claims())).replace(/\.[^.]*$/, "."),
    async () => {
      const [head, , signature] = (await signed({ ...claims(), sub: "user0" })).split(".");
      return [head, Buffer.from(JSON.stringify(claims())).toString("base64url"), signature].join(".");
    },
  ];

  async function tokens(): Promise<unknown> {
    const { isForged } = provider.plan;
    const given = random.chance(0.4) ? (mutatedJson(claims(), random) as JWTPayload) : claims();
    const id_token = isForged
      ? await random.pickAny(FORGERIES)?.()
      : await signed(given).catch(() => "a.b.c");
    const right = { access_token: "at", token_type: "Bearer", expires_in: 60, id_token };
    return isForged || random.chance(0.7) ? right : mutatedJson(right, random);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    // A forged token is the only fault then.
    if (!provider.plan.isForged && random.chance(0.15)) return noAnswer(response, random);
    const maybe = (value: unknown) =>
      provider.plan.isForged || random.chance(0.75) ? value : mutatedJson(value, random);
    switch (request.url?.split("?")[0]) {
      case "/.well-known/openid-configuration":
        return json(
          response,
          maybe({
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            userinfo_endpoint: `${issuer}/userinfo`,
            jwks_uri: `${issuer}/jwks`,
          }),
        );
      case "/jwks":
        return json(response, maybe({ keys: [publicJwk] }));
      case "/other-keys":
        return json(response, { keys: [foreignJwk] });
      case "/token":
        return json(response, await tokens());
      case "/userinfo":
        return json(
          response,
          maybe({ ...claims(), sub: undefined, picture: "x".repeat(50), address: { a: 1 } }),
        );
      default:
        return json(response, {});
    }
  }
  return provider;
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value) ?? "");
}

function noAnswer(response: ServerResponse, random: RandomSource): void {
  random.pick<() => unknown>([
    () => response.end(brokenJson(random)),
    () => response.end(`"${"x".repeat(2_000_000)}"`),
    () => response.end(deeplyNested(100_000)),
    () => response.end(`{"keys":${deeplyNested(50_000)},"sub":${deeplyNested(50_000)}}`),
    () =>
      response
        .writeHead(random.pick([204, 205, 302, 304, 400, 401, 500, 600, 999]), { location: "/jwks" })
        .end(),
    () => response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"),
    () => response.writeHead(200, { "content-length": "100" }).end("{"),
    () =>
      response
        .writeHead(200, { "content-type": `text/${random.word(3)}; charset=utf-16` })
        .end(hostileText(random)),
    () => response.socket?.destroy(),
  ])();
}
