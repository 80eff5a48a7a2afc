import { hash } from "node:crypto";
import type { DomainDescriptionType } from "../../api-model/index.ts";
import { versionAt } from "../../clock.ts";
import { regionOf } from "../../pool-ids.ts";
import type { DomainRecord } from "../../storage/index.ts";

/** Three letters for a region, as in the names of its buckets. */
const AIRPORTS: Readonly<Record<string, string>> = {
  "us-east-1": "iad",
  "us-east-2": "cmh",
  "us-west-1": "sfo",
  "us-west-2": "pdx",
  "eu-west-1": "dub",
  "eu-west-2": "lhr",
  "eu-central-1": "fra",
  "ap-northeast-1": "nrt",
  "ap-southeast-1": "sin",
  "ap-southeast-2": "syd",
};

/** Whether the domain is a name of its own, not a prefix of the service's. */
export function isCustomDomain({ settings }: DomainRecord): boolean {
  return settings.CustomDomainConfig !== undefined;
}

/** A domain as DescribeUserPoolDomain shows it. */
export function domainDescription(
  domain: DomainRecord,
  { accountId }: { accountId: string },
): DomainDescriptionType {
  const { CustomDomainConfig = {}, ManagedLoginVersion, Routing } = domain.settings;
  return {
    UserPoolId: domain.poolId,
    AWSAccountId: accountId,
    Domain: domain.domain,
    S3Bucket: `aws-cognito-prod-${AIRPORTS[regionOf(domain.poolId)] ?? "iad"}-assets`,
    CloudFrontDistribution: cloudFrontName(domain.domain),
    Version: versionAt(domain.createdAt),
    Status: "ACTIVE",
    // A prefix domain has an empty configuration; API Reference and the CLI's sample.
    CustomDomainConfig: { ...CustomDomainConfig } as DomainDescriptionType["CustomDomainConfig"],
    ManagedLoginVersion: ManagedLoginVersion ?? 1,
    Routing,
  };
}

/**
 * The name of the CDN in front of a domain. There is none here. Clients only show the name or put it into a DNS record,
 * so it has CloudFront's format and is always the same for one domain.
 */
export function cloudFrontName(domain: string): string {
  const letters = hash("sha256", domain, "hex").slice(0, 13);
  return `d${letters}.cloudfront.net`;
}
