import { headerOf, type ReceivedRequest } from "../../http/index.ts";
import { formText } from "./form.ts";

/** The one version of each query service. */
export const VERSIONS = { sts: "2011-06-15", iam: "2010-05-08" } as const;

/** A service with the query protocol. */
export type QueryService = keyof typeof VERSIONS;

/**
 * The service that a form is for, by the version in it, else by the scope of the signature.
 *
 * @returns undefined when nothing in the request names one
 */
export function queryServiceOf(request: ReceivedRequest): QueryService | undefined {
  const version = /(?:^|&)Version=([^&]*)/.exec(formText(request))?.[1];
  if (version === VERSIONS.sts) return "sts";
  if (version === VERSIONS.iam) return "iam";
  const authorization = headerOf(request, "authorization");
  const scope = /(?:^|[,\s])Credential=[^/,\s]+\/[^/,\s]*\/[^/,\s]*\/(sts|iam)\//.exec(
    authorization ?? "",
  )?.[1];
  return scope === "sts" || scope === "iam" ? scope : undefined;
}
