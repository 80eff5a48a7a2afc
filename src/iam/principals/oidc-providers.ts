import type { IamOidcProviderRecord, IamRepositories } from "../../storage/index.ts";
import type { Iam } from "../api-model/index.ts";
import { LimitExceededException, NoSuchEntityException } from "../errors.ts";
import { providerOfArn } from "../identifiers.ts";
import { tagList } from "../tags.ts";

/** The provider with a URL (without its scheme). Pool ids differ by case, so the name that was found must be the same. */
export async function findProvider(
  iam: IamRepositories,
  accountId: string,
  url: string,
): Promise<IamOidcProviderRecord | undefined> {
  const provider = await iam.oidcProviders.get(accountId, url);
  return provider?.name === url ? provider : undefined;
}

/** @throws NoSuchEntityException */
export async function requireProvider(
  iam: IamRepositories,
  accountId: string,
  arn: string,
): Promise<IamOidcProviderRecord> {
  const url = providerOfArn(arn, accountId);
  const provider = url === undefined ? undefined : await findProvider(iam, accountId, url);
  if (!provider) throw new NoSuchEntityException(`OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
}

const MAX_CLIENT_IDS = 100;

/**
 * A provider's client ids, each once.
 *
 * @throws LimitExceededException there are too many; the text was recorded in September 2026 (badmintoncryer/cdk-preflight)
 */
export function uniqueClientIds(ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  if (unique.length <= MAX_CLIENT_IDS) return unique;
  throw new LimitExceededException(
    `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MAX_CLIENT_IDS}`,
  );
}

export function providerTags(tags: Readonly<Record<string, string>>): { Tags?: Iam.Tag[] } {
  return Object.keys(tags).length === 0 ? {} : { Tags: tagList(tags) };
}
