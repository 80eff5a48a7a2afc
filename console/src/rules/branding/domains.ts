import type { DomainDescriptionType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

/** @see API Reference, "CreateUserPoolDomain", Domain: a prefix is one label, a custom domain has several */
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const PREFIX = new RegExp(`^${LABEL}$`);
const CUSTOM = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);
const CERTIFICATE = /^arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:\d+:certificate\/[\w+=/,.@-]+$/;

export const isDomainPrefix = (name: string) => PREFIX.test(name);
export const isCustomDomain = (name: string) => CUSTOM.test(name) && name.length <= 63;
export const isCertificateArn = (arn: string) => CERTIFICATE.test(arn);

/** Where this server answers for a domain. A prefix is a name of this machine, which browsers know by themselves. */
export function domainUrl(endpoint: string, kind: "prefix" | "custom", domain: string): string {
  const url = new URL(endpoint);
  url.hostname = kind === "prefix" ? `${domain}.localhost` : domain;
  return url.origin;
}

/** Where apps can reach the login pages of a pool: its domains first, and below its ID. */
export function poolUrls(
  endpoint: string,
  { Id = "", Domain, CustomDomain }: Pick<UserPoolType, "Id" | "Domain" | "CustomDomain">,
): readonly string[] {
  return [
    ...(CustomDomain ? [domainUrl(endpoint, "custom", CustomDomain)] : []),
    ...(Domain ? [domainUrl(endpoint, "prefix", Domain)] : []),
    poolUrl(endpoint, Id),
  ];
}

/** Where the login pages and OAuth 2.0 endpoints of every pool answer, whether or not it has a domain. */
export const poolUrl = (endpoint: string, poolId: string) => `${endpoint}/${poolId}`;

/** @see API Reference, "CreateResourceServer", Identifier and ScopeName */
export const isResourceServerIdentifier = (text: string) => /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/.test(text);
export const isResourceServerName = (text: string) => /^[\w\s+=,.@-]{1,256}$/.test(text);
export const isScopeName = (text: string) => /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]{1,256}$/.test(text);

/** A second Region that answers for a custom domain while a health check of the first one fails. */
export interface FailoverValues {
  /** Empty for none. */
  readonly region: string;
  readonly healthCheck: string;
}

export function failoverValuesOf(domain: DomainDescriptionType | undefined): FailoverValues {
  const { SecondaryRegion = "", PrimaryRoute53HealthCheckId = "" } = domain?.Routing?.Failover ?? {};
  return { region: SecondaryRegion, healthCheck: PrimaryRoute53HealthCheckId };
}

/** Both or none. @see API Reference, "FailoverType" */
export function isFailoverWhole({ region, healthCheck }: FailoverValues): boolean {
  return region === "" ? healthCheck === "" : /^.{1,64}$/.test(healthCheck);
}

export function routingOf({ region, healthCheck }: FailoverValues) {
  return { Failover: { SecondaryRegion: region, PrimaryRoute53HealthCheckId: healthCheck } };
}
