import { regionOf } from "../../../pool-ids.ts";
import { domainDescription } from "../../domains/index.ts";
import type { Operation } from "../../operation.ts";

/**
 * Shows a domain. An unknown one has an empty description, which Terraform and the CDK rely on.
 *
 * @see API Reference, "DescribeUserPoolDomain"
 */
export const describeUserPoolDomain: Operation<"DescribeUserPoolDomain"> = async (input, context) => {
  const domain = await context.store.domains.get(input.Domain.toLowerCase());
  if (!domain || regionOf(domain.poolId) !== context.request.region) return { DomainDescription: {} };
  return { DomainDescription: domainDescription(domain, context) };
};
