import { InvalidParameterException } from "../../../api-model/index.ts";
import { AlreadyExists, type DomainRecord } from "../../../storage/index.ts";
import { checkCertificate, checkDomain, cloudFrontName, isCustomDomain } from "../../domains/index.ts";
import type { Operation } from "../../operation.ts";
import { omitUndefined, requirePool } from "../../pools/index.ts";

/** The classic hosted UI: the version of a domain whose request names none. */
const DEFAULT_VERSION = 1;

/**
 * Gives a pool a domain for its pages and OAuth 2.0 endpoints. A pool has one prefix and one custom domain at most.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the name is not valid or is taken, or the pool has a domain of that kind
 * @throws FeatureUnavailableInTierException the feature plan lacks managed login
 * @see API Reference, "CreateUserPoolDomain"
 */
export const createUserPoolDomain: Operation<"CreateUserPoolDomain"> = async (
  input,
  { store, clock, request },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  checkDomain(pool, input);
  checkCertificate(input.CustomDomainConfig, request.requestId);
  const domain: DomainRecord = {
    domain: input.Domain.toLowerCase(),
    poolId: pool.id,
    settings: omitUndefined({
      CustomDomainConfig: input.CustomDomainConfig,
      ManagedLoginVersion: input.ManagedLoginVersion ?? DEFAULT_VERSION,
      Routing: input.Routing,
    }),
    createdAt: clock.now(),
  };
  try {
    await store.transaction(async ({ domains }) => {
      const present = await domains.listOfPool(pool.id);
      if (present.some((other) => isCustomDomain(other) === isCustomDomain(domain))) {
        throw new InvalidParameterException("User pool already has a domain configured.");
      }
      await domains.insert(domain);
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw new InvalidParameterException("Domain already associated with another user pool.", {
      cause: error,
    });
  }
  return {
    CloudFrontDomain: isCustomDomain(domain) ? cloudFrontName(domain.domain) : undefined,
    ManagedLoginVersion: input.ManagedLoginVersion,
    Routing: domain.settings.Routing,
  };
};
