import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { SignatureV4 } from "@smithy/signature-v4";
import { endpointIn, noServerIn, pointAt, takeDataDir } from "./data-dir.ts";

export const rotateKeysHelp = `cognate rotate-keys --user-pool-id ID [options]

Gives a user pool of a running server new signing keys. They are in its JWKS at once and sign from five minutes later on,
when every cache has them; the old ones stay in it until the last token that they signed has expired.

  --user-pool-id ID     The user pool.
  --data-dir DIR        The server's data folder. [.cognate, or COGNATE_DATA_DIR]
  --profile NAME        Who asks: a profile of the AWS config file in that folder, whose policies allow
                        cognate:RotateSigningKeys on the pool. [cognate, an administrator]
  --endpoint-url URL    The server, where its data folder is not at hand; the profile is then one of your own.
`;

const options = {
  "user-pool-id": { type: "string" },
  profile: { type: "string" },
  "endpoint-url": { type: "string" },
} as const;

/** `cognate rotate-keys`: @returns 0 when the pool has new keys; 1 when it has not; 2 when the call was wrong */
export async function rotateKeysCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { dataDir, rest } = takeDataDir(args, environment);
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    values = parseArgs({ args: rest, options, strict: true }).values;
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${rotateKeysHelp}`, 2);
  }
  const { "user-pool-id": poolId, "endpoint-url": givenEndpoint, profile } = values;
  if (poolId === undefined) return fail(`--user-pool-id is missing.\n\n${rotateKeysHelp}`, 2);

  const config = join(dataDir, "config");
  const isHere = existsSync(config);
  const endpoint = givenEndpoint ?? (isHere ? endpointIn(config) : undefined);
  if (endpoint === undefined) return fail(noServerIn(config).trimEnd());
  if (isHere) pointAt(dataDir, environment);
  if (profile !== undefined || isHere) environment.AWS_PROFILE = profile ?? "cognate";
  try {
    await rotate(endpoint.replace(/\/$/, ""), poolId);
  } catch (error) {
    return fail((error as Error).message);
  }
  process.stdout.write(
    `${poolId} has new signing keys. Tokens that the old ones signed stay valid until they expire.\n`,
  );
  return 0;
}

/** @throws Error whose message says why the pool has no new keys */
async function rotate(endpoint: string, poolId: string): Promise<void> {
  const region = poolId.split("_")[0] ?? "";
  // Used only to find credentials, since AWS has no such operation.
  const client = new CognitoIdentityProviderClient({ region });
  const signer = new SignatureV4({
    service: "cognate",
    region,
    credentials: client.config.credentials,
    sha256: client.config.sha256,
  });
  const url = new URL(`${endpoint}/_cognate/signing-keys`);
  const { headers } = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: { poolId },
    headers: { host: url.host },
  });
  client.destroy();
  url.searchParams.set("poolId", poolId);
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", headers });
  } catch (error) {
    throw new Error(`${endpoint} does not answer: ${(error as Error & { cause?: Error }).cause?.message}`);
  }
  if (response.ok) return;
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  throw new Error(message ?? `${endpoint} answered ${response.status}.`);
}

function fail(reason: string, status = 1): number {
  process.stderr.write(`cognate rotate-keys: ${reason.trimEnd()}\n`);
  return status;
}
