import { InvalidParameterException } from "../../../api-model/index.ts";
import { changeAlone } from "../../concurrent-change.ts";
import {
  checkCertificate,
  checkManagedLoginVersion,
  cloudFrontName,
  domainSubject,
  isCustomDomain,
  requireDomain,
} from "../../domains/index.ts";
import type { Operation } from "../../operation.ts";
import { omitUndefined, requirePool } from "../../pools/index.ts";

/**
 * Sets the certificate, the version of the pages or the routing of a domain; omitted ones are kept.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the pool has no such domain, a prefix domain is given a certificate, or the certificate is of
 *   another region than us-east-1
 * @throws FeatureUnavailableInTierException the feature plan lacks managed login
 * @throws ConcurrentModificationException another request changed it meanwhile
 * @see API Reference, "UpdateUserPoolDomain"
 */
export const updateUserPoolDomain: Operation<"UpdateUserPoolDomain"> = async (input, { store, request }) => {
  const pool = await requirePool(store, input.UserPoolId);
  checkManagedLoginVersion(pool, input.ManagedLoginVersion);
  checkCertificate(input.CustomDomainConfig, request.requestId);
  const before = await requireDomain(store, pool.id, input.Domain);
  if (!isCustomDomain(before) && (input.CustomDomainConfig ?? input.Routing) !== undefined) {
    // The text is ours.
    throw new InvalidParameterException("CustomDomainConfig and Routing are for custom domains only.");
  }
  const domain = await changeAlone(store, domainSubject(before.domain), ({ domains }) =>
    domains.update(before.domain, (current) => ({
      ...current,
      settings: omitUndefined({
        CustomDomainConfig: input.CustomDomainConfig ?? current.settings.CustomDomainConfig,
        ManagedLoginVersion: input.ManagedLoginVersion ?? current.settings.ManagedLoginVersion,
        Routing: input.Routing ?? current.settings.Routing,
      }),
    })),
  );
  if (!domain) throw new InvalidParameterException("No such domain or user pool exists.");
  return {
    CloudFrontDomain: isCustomDomain(domain) ? cloudFrontName(domain.domain) : undefined,
    ManagedLoginVersion: domain.settings.ManagedLoginVersion,
    Routing: domain.settings.Routing,
  };
};
