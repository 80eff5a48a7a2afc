import { InvalidParameterException, type UpdateUserPoolDomainRequest } from "../../../api-model/index.ts";
import { changeAlone } from "../../concurrent-change.ts";
import {
  checkCertificate,
  checkManagedLoginVersion,
  cloudFrontName,
  domainSubject,
  isCustomDomain,
  requireDomain,
  unknownDomain,
} from "../../domains/index.ts";
import type { Operation } from "../../operation.ts";
import { omitUndefined, requirePool } from "../../pools/index.ts";

/**
 * Sets the certificate, the version of the pages or the routing of a domain. An omitted version or routing is kept.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the pool has no such domain, a prefix domain is given a certificate, a custom one none, or the
 *   certificate is of another region than us-east-1
 * @throws FeatureUnavailableInTierException the feature plan lacks managed login
 * @throws ConcurrentModificationException another request changed it meanwhile
 * @see API Reference, "UpdateUserPoolDomain"
 */
export const updateUserPoolDomain: Operation<"UpdateUserPoolDomain"> = async (input, { store, request }) => {
  const pool = await requirePool(store, input.UserPoolId);
  checkManagedLoginVersion(pool, input.ManagedLoginVersion);
  checkCertificate(input.CustomDomainConfig, request.requestId);
  const before = await requireDomain(store, pool.id, input.Domain);
  checkKind(isCustomDomain(before), input);
  const domain = await changeAlone(store, domainSubject(before.domain), ({ domains }) =>
    domains.update(before.domain, (current) => ({
      ...current,
      settings: omitUndefined({
        CustomDomainConfig: input.CustomDomainConfig,
        ManagedLoginVersion: input.ManagedLoginVersion ?? current.settings.ManagedLoginVersion,
        Routing: input.Routing ?? current.settings.Routing,
      }),
    })),
  );
  if (!domain) throw unknownDomain();
  return {
    CloudFrontDomain: isCustomDomain(domain) ? cloudFrontName(domain.domain) : undefined,
    ManagedLoginVersion: domain.settings.ManagedLoginVersion,
    Routing: domain.settings.Routing,
  };
};

/**
 * A certificate belongs to a custom domain, and has to be sent at each change of one.
 *
 * @see hashicorp/terraform-provider-aws#43248, aws/aws-cdk#25712: the first two texts; that of Routing is ours
 */
function checkKind(
  isCustom: boolean,
  { CustomDomainConfig, Routing }: Pick<UpdateUserPoolDomainRequest, "CustomDomainConfig" | "Routing">,
): void {
  if (isCustom && CustomDomainConfig === undefined) {
    throw new InvalidParameterException("Cannot convert custom domain to prefix domain.");
  }
  if (!isCustom && CustomDomainConfig !== undefined) {
    throw new InvalidParameterException(
      "User pool should have a custom domain associated, failed to update the certificate.",
    );
  }
  if (!isCustom && Routing !== undefined) {
    throw new InvalidParameterException("Routing is for custom domains only.");
  }
}
