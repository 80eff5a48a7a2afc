import { IAMClient } from "@aws-sdk/client-iam";
import type { TestServer } from "./server.ts";

export const ACCOUNT = "123456789012";
export const POWER_USER = "arn:aws:iam::aws:policy/AmazonCognitoPowerUser";
export const READ_ONLY = "arn:aws:iam::aws:policy/AmazonCognitoReadOnly";

/** An IAM client of the JavaScript SDK, as the administrator unless it is given other keys. */
export function iamClient(
  server: TestServer,
  keys?: {
    AccessKeyId?: string | undefined;
    SecretAccessKey?: string | undefined;
    SessionToken?: string | undefined;
  },
): IAMClient {
  const { AccessKeyId = "none", SecretAccessKey = "none", SessionToken } = keys ?? {};
  const given = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
  };
  return new IAMClient({
    endpoint: server.url,
    region: "eu-west-3",
    credentials: keys === undefined ? (server.administrator ?? given) : given,
  });
}

/** A policy that allows one action, or what a pattern matches, on everything. */
export function allow(Action: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
}

/** A trust policy that lets a principal of AWS in. */
export function trusting(AWS: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }],
  });
}

/** What an SDK throws when the server refuses. */
export function refused(name: string, message?: string): { name: string; message?: string } {
  return { name, ...(message === undefined ? {} : { message }) };
}
