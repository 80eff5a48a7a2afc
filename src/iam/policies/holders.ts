/**
 * Policies of users and roles alike: managed policies, inline policies, a permissions boundary. Each function is the rule
 * for one change; its caller reads and writes the record.
 */
import type { IamIdentityRecord, IamRepositories } from "../../storage/index.ts";
import type { Iam } from "../api-model/index.ts";
import {
  InvalidInputException,
  LimitExceededException,
  NoSuchEntityException,
  PolicyNotAttachableException,
} from "../errors.ts";
import { parseIamArn } from "../identifiers.ts";
import { type ListInput, pageOf } from "../listing.ts";
import { awsManagedPolicy, policySize } from "../policy-language/index.ts";
import { noSuchPolicy, policyExists } from "../principals/index.ts";
import { QUOTAS } from "../quotas.ts";
import { checkedPolicy } from "./documents.ts";

/** Names and quotas of the two kinds of holder. */
const HOLDERS = {
  user: {
    word: "user",
    quotaWord: "User",
    maxAttached: QUOTAS.AttachedPoliciesPerUserQuota,
    maxInlineSize: QUOTAS.UserPolicySizeQuota,
  },
  role: {
    word: "role",
    quotaWord: "Role",
    maxAttached: QUOTAS.AttachedPoliciesPerRoleQuota,
    maxInlineSize: QUOTAS.RolePolicySizeQuota,
  },
} as const;

export type HolderKind = keyof typeof HOLDERS;

/**
 * @throws NoSuchEntityException there is no such policy
 * @throws PolicyNotAttachableException the policy is for service-linked roles alone
 */
export async function checkAttachable(arn: string, accountId: string, iam: IamRepositories): Promise<void> {
  if (!(await policyExists(iam, accountId, arn))) {
    throw new NoSuchEntityException(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (awsManagedPolicy(arn)?.path.startsWith("/aws-service-role/")) {
    throw new PolicyNotAttachableException("Cannot attach a Service Role Policy to a Customer Role.");
  }
}

/** Attaches a policy; an attached policy is not an error. @throws LimitExceededException */
export function withAttached<T extends IamIdentityRecord>(holder: T, arn: string, kind: HolderKind): T {
  if (holder.attachedPolicyArns.includes(arn)) return holder;
  const { quotaWord, maxAttached } = HOLDERS[kind];
  if (holder.attachedPolicyArns.length >= maxAttached) {
    throw new LimitExceededException(`Cannot exceed quota for PoliciesPer${quotaWord}: ${maxAttached}`);
  }
  return { ...holder, attachedPolicyArns: [...holder.attachedPolicyArns, arn] };
}

/** @throws NoSuchEntityException the policy is not attached */
export function withDetached<T extends IamIdentityRecord>(holder: T, arn: string): T {
  if (!holder.attachedPolicyArns.includes(arn)) throw noSuchPolicy(arn);
  return { ...holder, attachedPolicyArns: holder.attachedPolicyArns.filter((attached) => attached !== arn) };
}

/**
 * Puts an inline policy, in place of the one of that name.
 *
 * @throws MalformedPolicyDocumentException
 * @throws LimitExceededException all inline policies together are too long
 */
export function withInline<T extends IamIdentityRecord>(
  holder: T,
  name: string,
  document: string,
  kind: HolderKind,
): T {
  checkedPolicy(document, "identity");
  const inlinePolicies = { ...holder.inlinePolicies, [name]: document };
  checkInlineSize(inlinePolicies, holder.name, kind);
  return { ...holder, inlinePolicies };
}

/** @throws LimitExceededException all inline policies together are too long */
export function checkInlineSize(
  inlinePolicies: IamIdentityRecord["inlinePolicies"],
  holderName: string,
  kind: HolderKind,
): void {
  const size = Object.values(inlinePolicies).reduce((sum, text) => sum + policySize(text), 0);
  const { word, maxInlineSize } = HOLDERS[kind];
  if (size > maxInlineSize) {
    throw new LimitExceededException(
      `Maximum policy size of ${maxInlineSize} bytes exceeded for ${word} ${holderName}`,
    );
  }
}

/** @throws NoSuchEntityException */
export function inlinePolicy(holder: IamIdentityRecord, name: string, kind: HolderKind): string {
  const document = Object.hasOwn(holder.inlinePolicies, name) ? holder.inlinePolicies[name] : undefined;
  if (document === undefined) {
    throw new NoSuchEntityException(`The ${HOLDERS[kind].word} policy with name ${name} cannot be found.`);
  }
  return document;
}

/** @throws NoSuchEntityException */
export function withoutInline<T extends IamIdentityRecord>(holder: T, name: string, kind: HolderKind): T {
  inlinePolicy(holder, name, kind);
  const { [name]: _, ...inlinePolicies } = holder.inlinePolicies;
  return { ...holder, inlinePolicies };
}

/**
 * @throws InvalidInputException it is no ARN of a policy
 * @throws NoSuchEntityException there is no such policy
 */
export async function checkBoundary(arn: string, accountId: string, iam: IamRepositories): Promise<void> {
  if (parseIamArn(arn)?.kind !== "policy") {
    throw new InvalidInputException(`Value (${arn}) for parameter PermissionsBoundary is invalid.`);
  }
  await checkAttachable(arn, accountId, iam);
}

/** Sets or removes the permissions boundary. */
export function withBoundary<T extends IamIdentityRecord>(holder: T, arn: string | undefined): T {
  return { ...holder, permissionsBoundaryArn: arn };
}

/** The managed policies that are attached to a holder, as lists show them. */
export function attachedPage(
  holder: IamIdentityRecord,
  input: ListInput & { readonly PathPrefix?: string | undefined },
): { AttachedPolicies: Iam.AttachedPolicy[]; IsTruncated: boolean; Marker?: string } {
  const attached = holder.attachedPolicyArns.flatMap((arn) => {
    const parts = parseIamArn(arn);
    return parts?.path.startsWith(input.PathPrefix ?? "/")
      ? [{ PolicyName: parts.name, PolicyArn: arn }]
      : [];
  });
  const { items, rest } = pageOf(attached, ({ PolicyArn }) => PolicyArn, input);
  return { AttachedPolicies: items, ...rest };
}
