import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from "@aws-sdk/client-cognito-identity-provider";

/** A client with the key of the first administrator, which a server writes into its data folder. */
export async function administratorClient(
  dataDir: string,
  endpoint: string,
  options: CognitoIdentityProviderClientConfig = {},
): Promise<CognitoIdentityProviderClient> {
  const credentials = await readFile(join(dataDir, "credentials"), "utf8");
  const value = (name: string) => new RegExp(`${name} *= *(\\S+)`).exec(credentials)?.[1] ?? "";
  return new CognitoIdentityProviderClient({
    endpoint,
    region: "us-east-1",
    credentials: {
      accessKeyId: value("aws_access_key_id"),
      secretAccessKey: value("aws_secret_access_key"),
    },
    ...options,
  });
}
