import { IAMClient } from "@aws-sdk/client-iam";
import { clientOptions, whenForgotten, withFreshCredentials } from "./aws.ts";

let client: IAMClient | undefined;
whenForgotten(() => {
  client = undefined;
});

/** Calls IAM, which has no regions: the one here only names the signature's scope. */
export function inIam<T>(work: (client: IAMClient) => Promise<T>): Promise<T> {
  return withFreshCredentials(() => {
    client ??= new IAMClient({ ...clientOptions, region: "us-east-1" });
    return work(client);
  });
}
