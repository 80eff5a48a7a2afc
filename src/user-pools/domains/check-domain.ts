import {
  type CreateUserPoolDomainRequest,
  type CustomDomainConfigType,
  FeatureUnavailableInTierException,
  InvalidParameterException,
} from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { regionOfArn } from "../pools/index.ts";

const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const RESERVED_WORDS = ["aws", "amazon", "cognito"];
/** A fully qualified name of two labels or more. If the last one could begin with a digit, IPv4 addresses would fit, and so this server's. */
const HOST_NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

type DomainInput = Pick<
  CreateUserPoolDomainRequest,
  "Domain" | "CustomDomainConfig" | "ManagedLoginVersion" | "Routing"
>;

/**
 * Refuses a domain that cannot be, in the words recorded in September 2026.
 *
 * Cognito also asks a custom domain's certificate to exist and its parent to have an A record. Whether the name leads to
 * this server, and which certificate answers it, is decided before this server, so neither is looked at.
 *
 * @throws InvalidParameterException the name has a wrong form or a reserved word
 * @throws FeatureUnavailableInTierException managed login is requested in a pool of the plan LITE
 */
export function checkDomain(pool: UserPoolRecord, input: DomainInput): void {
  if (input.CustomDomainConfig === undefined) checkPrefix(input.Domain);
  else checkCustomName(input.Domain);
  checkManagedLoginVersion(pool, input.ManagedLoginVersion);
  if (input.Routing !== undefined && input.CustomDomainConfig === undefined) {
    // API Reference, "RoutingType": for custom domains only. The text is ours.
    throw new InvalidParameterException("Routing can only be configured for a custom domain.");
  }
}

function checkPrefix(domain: string): void {
  if (!PREFIX.test(domain)) {
    throw new InvalidParameterException(
      "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
    );
  }
  const parts = domain.split("-");
  const reserved = RESERVED_WORDS.find((word) => parts.includes(word));
  if (reserved !== undefined) {
    throw new InvalidParameterException(`Domain cannot contain reserved word: ${reserved}`);
  }
}

function checkCustomName(domain: string): void {
  if (HOST_NAME.test(domain.toLowerCase())) return;
  throw new InvalidParameterException(
    "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain parent is a top-level domain.",
  );
}

/**
 * Refuses a certificate that CloudFront could not use: it takes those of one region alone.
 *
 * @throws InvalidParameterException the text was recorded in September 2026 (badmintoncryer/cdk-preflight)
 */
export function checkCertificate(config: CustomDomainConfigType | undefined, requestId: string): void {
  if (config === undefined || regionOfArn(config.CertificateArn) === "us-east-1") return;
  throw new InvalidParameterException(
    `The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain. (Service: CloudFront, Status Code: 400, Request ID: ${requestId})`,
  );
}

/** @throws FeatureUnavailableInTierException, InvalidParameterException */
export function checkManagedLoginVersion(pool: UserPoolRecord, version: number | undefined): void {
  if (version === 2 && pool.settings.UserPoolTier === "LITE") {
    throw new FeatureUnavailableInTierException(
      "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2",
    );
  }
  if (version !== undefined && version !== 1 && version !== 2) {
    // API Reference, "CreateUserPoolDomain": 1 is the classic hosted UI, 2 managed login. The text is ours.
    throw new InvalidParameterException("ManagedLoginVersion must be 1 or 2.");
  }
}
