/** Signed requests to a server's own API under `/_cognate`, for commands that use a running server. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { SignatureV4 } from "@smithy/signature-v4";
import { type JsonObject, parseJsonObject } from "../json.ts";
import { messageOf } from "../message-of.ts";
import { regionOf } from "../pool-ids.ts";
import { endpointIn, pointAt } from "./data-dir.ts";

export interface ControlAnswer {
  readonly status: number;
  /** What went wrong, for a person. */
  readonly message: string;
  readonly answer: JsonObject;
}

export interface ControlClient {
  /** Of AWS's API at the same server, with the same credentials. */
  readonly cognito: CognitoIdentityProviderClient;
  /** @throws Error the server does not answer */
  request(
    method: "GET" | "POST",
    path: string,
    query: Readonly<Record<string, string>>,
    body?: string | Uint8Array,
  ): Promise<ControlAnswer>;
  close(): void;
}

export interface ControlTarget {
  readonly dataDir: string;
  readonly poolId: string;
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
}

/** The error for a pool's id in another format, in which there is no region to sign requests for. */
export function notPoolId(text: string): string {
  return `${JSON.stringify(text)} is no ID of a user pool, such as us-east-1_AbCdEfGhI.`;
}

/** The error for an endpoint that is no address of a server. */
export function notEndpoint(text: string): string {
  return `--endpoint-url must be a URL such as http://127.0.0.1:9229, got ${JSON.stringify(text)}.`;
}

/** Whether requests can be sent to it. */
export function isEndpoint(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

/** @returns undefined where there is neither an endpoint nor the data folder of a server */
export function controlClient(
  { dataDir, poolId, endpoint, profile }: ControlTarget,
  environment: NodeJS.ProcessEnv,
): ControlClient | undefined {
  const config = join(dataDir, "config");
  const isHere = existsSync(config);
  // Read again for each request: a server that was started again may have another port.
  const currentEndpoint = () => (endpoint ?? endpointIn(config))?.replace(/\/$/, "");
  const first = currentEndpoint();
  if (first === undefined) return undefined;
  if (isHere) pointAt(dataDir, environment);
  if (profile !== undefined || isHere) environment.AWS_PROFILE = profile ?? "cognate";
  const region = regionOf(poolId);
  const cognito = new CognitoIdentityProviderClient({ region, endpoint: first });
  const signer = new SignatureV4({
    service: "cognate",
    region,
    credentials: cognito.config.credentials,
    sha256: cognito.config.sha256,
  });
  return {
    cognito,
    close: () => cognito.destroy(),
    async request(method, path, query, body) {
      const base = currentEndpoint() ?? first;
      const url = new URL(`${base}/_cognate/${path}`);
      const request = await signer.sign({
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port !== "" && { port: Number(url.port) }),
        path: url.pathname,
        query: { ...query },
        headers: { host: url.host, ...(body !== undefined && { "content-type": "application/json" }) },
        body,
      });
      let status: number;
      let answer: JsonObject;
      try {
        // The SDK's own HTTP client, which is loaded already: the first use of `fetch` takes some 15 MiB.
        const { response } = await cognito.config.requestHandler.handle(request);
        status = response.statusCode;
        // What another program than Cognate answers may be no JSON.
        answer = parseJsonObject(await textOf(response.body)) ?? {};
      } catch (error) {
        throw new Error(`${base} does not answer: ${messageOf(error)}`, { cause: error });
      }
      const said = typeof answer.message === "string" ? answer.message : `${base} answered ${status}.`;
      const message = status === 200 ? "" : said;
      return { status, message, answer };
    },
  };
}
