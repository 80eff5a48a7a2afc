import { join } from "node:path";
import { parseArgs } from "node:util";
import { messageOf } from "../message-of.ts";
import { isPoolId } from "../pool-ids.ts";
import { controlClient, isEndpoint, notEndpoint, notPoolId } from "./control-client.ts";
import { noServerIn, takeDataDir } from "./data-dir.ts";

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
    return fail(`${messageOf(error)}\n\n${rotateKeysHelp}`, 2);
  }
  const { "user-pool-id": poolId, "endpoint-url": endpoint, profile } = values;
  if (poolId === undefined) return fail(`--user-pool-id is missing.\n\n${rotateKeysHelp}`, 2);
  if (!isPoolId(poolId)) return fail(notPoolId(poolId), 2);
  if (endpoint !== undefined && !isEndpoint(endpoint)) return fail(notEndpoint(endpoint), 2);

  const client = controlClient({ dataDir, poolId, endpoint, profile }, environment);
  if (client === undefined) return fail(noServerIn(join(dataDir, "config")));
  try {
    const { status, message } = await client.request("POST", "signing-keys", { poolId });
    if (status !== 200) return fail(message);
  } catch (error) {
    return fail(messageOf(error));
  } finally {
    client.close();
  }
  process.stdout.write(
    `${poolId} has new signing keys. Tokens that the old ones signed stay valid until they expire.\n`,
  );
  return 0;
}

function fail(reason: string, status = 1): number {
  process.stderr.write(`cognate rotate-keys: ${reason.trimEnd()}\n`);
  return status;
}
