import type { IamOidcProviderRecord, IamRepositories } from "../../storage/index.ts";
import type { Iam } from "../api-model/index.ts";
import { NoSuchEntityException } from "../errors.ts";
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

export function providerTags(tags: Readonly<Record<string, string>>): { Tags?: Iam.Tag[] } {
  return Object.keys(tags).length === 0 ? {} : { Tags: tagList(tags) };
}
