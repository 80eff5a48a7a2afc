import {
  InvalidParameterException,
  type LimitDefinitionType,
  type LimitType,
  ResourceNotFoundException,
} from "../../api-model/index.ts";
import type { Repositories } from "../../storage/index.ts";
import { type CategoryLimit, categoryLimit } from "./categories.ts";

/**
 * Finds the category that a definition names. The texts are ours: Cognito's are not known.
 *
 * @throws InvalidParameterException it names none
 * @throws ResourceNotFoundException there is no such category
 */
export function requireCategory({ Attributes }: LimitDefinitionType): CategoryLimit {
  const { Category } = Attributes;
  if (Category === undefined)
    throw new InvalidParameterException("LimitDefinition needs the attribute Category.");
  const limit = categoryLimit(Category);
  if (!limit) throw new ResourceNotFoundException(`There is no limit for the category ${Category}.`);
  return limit;
}

/** Kept for the account and region, all pools together. */
export async function provisionedValue(
  { installation }: Pick<Repositories, "installation">,
  region: string,
  { category, free }: CategoryLimit,
): Promise<number> {
  const kept = await installation.get(nameOf(region, category));
  return kept === undefined ? free : Number(kept);
}

export function keepProvisionedValue(
  { installation }: Pick<Repositories, "installation">,
  region: string,
  { category }: CategoryLimit,
  value: number,
): Promise<void> {
  return installation.set(nameOf(region, category), String(value));
}

export function limitType({ category, free }: CategoryLimit, provisioned: number): LimitType {
  return {
    LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: category } },
    ProvisionedLimitValue: provisioned,
    FreeLimitValue: free,
  };
}

function nameOf(region: string, category: string): string {
  return `provisioned limit ${region} ${category}`;
}
