/**
 * Under which names and URLs this server is known. All follow from the settings and the port, never from a request.
 */
import type { Settings } from "../config/index.ts";
import { hostName } from "../http/index.ts";
import { regionOf } from "../pool-ids.ts";
import type { IssuerForm } from "../user-pools/index.ts";

export interface Addresses {
  /** Where clients reach this server, without a slash at the end; known once it listens. */
  baseUrl(): string;
  /** The `iss` of a pool's tokens. */
  issuerOf(poolId: string, form?: IssuerForm): string;
  isOwnIssuer(issuer: string): boolean;
  /** Whether a host name, other than a loopback one, is this server's by its settings. */
  isOwnName(name: string): boolean;
  /** Tells the port that the server listens on. @returns the URL of it */
  listensOn(port: number): string;
}

export function createAddresses(settings: Settings): Addresses {
  let url = "";
  const baseUrl = () => settings.publicUrl ?? url;
  const issuerOf = issuerRule(settings, baseUrl);
  const ownNames = ownHostNames(settings);
  return {
    baseUrl,
    issuerOf,
    isOwnIssuer(issuer) {
      const poolId = issuer.slice(issuer.lastIndexOf("/") + 1);
      return issuerOf(poolId) === issuer || issuerOf(poolId, "UPDATED") === issuer;
    },
    isOwnName: (name) => ownNames.has(name),
    listensOn(port) {
      url = urlOf(settings, port);
      return url;
    },
  };
}

function issuerRule(
  settings: Settings,
  baseUrl: () => string,
): (poolId: string, form?: IssuerForm) => string {
  switch (settings.issuer) {
    case "local":
      return (poolId) => `${baseUrl()}/${poolId}`;
    case "aws":
      return (poolId, form = "ORIGINAL") => {
        const service = form === "UPDATED" ? "issuer-cognito-idp" : "cognito-idp";
        return `https://${service}.${regionOf(poolId)}.amazonaws.com/${poolId}`;
      };
    default:
      return (poolId) => `${settings.issuer}/${poolId}`;
  }
}

function ownHostNames({ hosts, publicUrl, host }: Settings): ReadonlySet<string> {
  const names = [...hosts, host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])];
  return new Set(names.map((name) => hostName(name)));
}

function urlOf({ host, tlsCertificate }: Settings, port: number): string {
  const scheme = tlsCertificate === undefined ? "http" : "https";
  // The address of all interfaces is not one that a client can connect to.
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `${scheme}://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
