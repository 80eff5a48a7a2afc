/** Signed requests to a server's own API under `/_cognate`, for commands that use a running server. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { SignatureV4 } from "@smithy/signature-v4";
import { endpointIn, pointAt } from "./data-dir.ts";

export interface ControlAnswer {
  readonly status: number;
  /** What went wrong, for a person. */
  readonly message: string;
  readonly answer: unknown;
}

export interface ControlClient {
  /** Of AWS's API at the same server, with the same credentials. */
  readonly cognito: CognitoIdentityProviderClient;
  /** @throws Error the server does not answer */
  request(
    method: "GET" | "POST",
    path: string,
    query: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<ControlAnswer>;
  close(): void;
}

export interface ControlTarget {
  readonly dataDir: string;
  readonly poolId: string;
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
}

/** @returns undefined where there is neither an endpoint nor the data folder of a server */
export function controlClient(
  { dataDir, poolId, endpoint, profile }: ControlTarget,
  environment: NodeJS.ProcessEnv,
): ControlClient | undefined {
  const config = join(dataDir, "config");
  const isHere = existsSync(config);
  // Read again for each request: a server that was started again may have another port.
  const currentEndpoint = () => (endpoint ?? (isHere ? endpointIn(config) : undefined))?.replace(/\/$/, "");
  const first = currentEndpoint();
  if (first === undefined) return undefined;
  if (isHere) pointAt(dataDir, environment);
  if (profile !== undefined || isHere) environment.AWS_PROFILE = profile ?? "cognate";
  const region = poolId.split("_")[0] ?? "";
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
      const { headers } = await signer.sign({
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query: { ...query },
        headers: { host: url.host, ...(body !== undefined && { "content-type": "application/json" }) },
        body,
      });
      url.search = new URLSearchParams(query).toString();
      let response: Response;
      try {
        response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
      } catch (error) {
        const { cause } = error as Error & { cause?: Error };
        throw new Error(`${base} does not answer: ${cause?.message ?? (error as Error).message}`);
      }
      const answer = (await response.json().catch(() => ({}))) as { message?: string };
      const message = response.ok ? "" : (answer.message ?? `${base} answered ${response.status}.`);
      return { status: response.status, message, answer };
    },
  };
}
