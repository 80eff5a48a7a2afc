import { InvalidParameterException, ResourceNotFoundException } from "../../api-model/index.ts";
import type { IdentityProviderRecord, Repositories } from "../../storage/index.ts";
import { type Subject, subject } from "../concurrent-change.ts";

/** Developer Guide, "Quotas in Amazon Cognito": identity providers per user pool. */
export const MAX_PROVIDERS = 300;

/** The refusal of an identifier that another provider has; the text is ours. */
export function identifierTaken(cause: Error): InvalidParameterException {
  return new InvalidParameterException("An identifier belongs to another identity provider.", { cause });
}

/** The answer for a provider that is not there; the text is ours. */
export function unknownProvider(name: string): ResourceNotFoundException {
  return new ResourceNotFoundException(`Identity provider ${name} does not exist.`);
}

/** @throws ResourceNotFoundException the pool has no such provider */
export async function requireProvider(
  { identityProviders }: Pick<Repositories, "identityProviders">,
  poolId: string,
  name: string,
): Promise<IdentityProviderRecord> {
  const provider = await identityProviders.get(poolId, name);
  if (!provider) throw unknownProvider(name);
  return provider;
}

/** The identity provider as the subject of a change. */
export function providerSubject(poolId: string, name: string): Subject<IdentityProviderRecord> {
  return subject("this identity provider", ({ identityProviders }) => identityProviders.get(poolId, name));
}
