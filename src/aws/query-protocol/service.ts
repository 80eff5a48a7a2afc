import type { ReceivedRequest } from "../sigv4/index.ts";
import { formText } from "./form.ts";

/** A service that a request to the AWS endpoint can be for. */
export type AwsService = "cognito-idp" | "cognito-identity" | "sts" | "iam";

const TARGET_PREFIXES: readonly (readonly [prefix: string, service: AwsService])[] = [
  ["AWSCognitoIdentityProviderService.", "cognito-idp"],
  ["AWSCognitoIdentityService.", "cognito-identity"],
];

/** The one version of each query service. */
export const VERSIONS = { sts: "2011-06-15", iam: "2010-05-08" } as const;

/** A service that speaks the query protocol. */
export type QueryService = keyof typeof VERSIONS;

/**
 * Tells the services on this one endpoint apart: by the target of the JSON protocol, else by the version in the form, else
 * by the scope of the signature.
 *
 * @returns undefined when nothing in the request names one
 */
export function serviceOf(request: ReceivedRequest): AwsService | undefined {
  let target = "";
  let authorization = "";
  for (const [name, value] of request.rawHeaders) {
    const lowerCaseName = name.toLowerCase();
    if (lowerCaseName === "x-amz-target") target = value;
    else if (lowerCaseName === "authorization") authorization = value;
  }
  const byTarget = TARGET_PREFIXES.find(([prefix]) => target.startsWith(prefix));
  if (byTarget) return byTarget[1];
  if (target !== "") return undefined;

  const version = /(?:^|&)Version=([^&]*)/.exec(formText(request))?.[1];
  if (version === VERSIONS.sts) return "sts";
  if (version === VERSIONS.iam) return "iam";
  const scope = /Credential=[^/,\s]+\/[^/]*\/[^/]*\/(sts|iam)\//.exec(authorization)?.[1];
  return scope === "sts" || scope === "iam" ? scope : undefined;
}
