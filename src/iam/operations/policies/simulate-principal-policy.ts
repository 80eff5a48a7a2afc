import type { Iam } from "../../api-model/index.ts";
import { InvalidInputException, NoSuchEntityException } from "../../errors.ts";
import { parseIamArn, roleArn, userArn } from "../../identifiers.ts";
import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { checkedPolicy } from "../../policies/index.ts";
import {
  type AppliedPolicy,
  awsManagedPolicy,
  compilePolicy,
  decide,
  matchedStatements,
  type PolicySet,
} from "../../policy-language/index.ts";

/**
 * Tells what the policies on a user or role say to some actions on some resources, given some condition keys. Nothing is
 * done, and only the keys that are given have a value.
 *
 * @throws NoSuchEntityException there is no such user or role
 * @throws MalformedPolicyDocumentException one of the policies to add is none
 */
export const simulatePrincipalPolicy: IamOperation<"SimulatePrincipalPolicy"> = async (input, context) => {
  const policies = await policiesOf(input, context.directory, context.accountId);
  const keys = new Map(
    (input.ContextEntries ?? []).map(({ ContextKeyName, ContextKeyValues }) => [
      ContextKeyName?.toLowerCase() ?? "",
      ContextKeyValues ?? [],
    ]),
  );
  const lookup = (key: string) => keys.get(key);
  const resources = input.ResourceArns ?? ["*"];
  const questions = input.ActionNames.flatMap((action) =>
    resources.map((resource) => ({ action, resource })),
  );

  const { items, rest } = pageOf(
    questions.map((question, index) => ({ ...question, index })),
    ({ index }) => String(index).padStart(8, "0"),
    input,
  );
  const everything = [...policies.identity, ...(policies.boundary ? [policies.boundary] : [])];
  const asked = new Set(everything.flatMap(({ policy }) => [...policy.keys]));
  return {
    EvaluationResults: items.map(({ action, resource }) => ({
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: decide(policies, { action, resource, lookup }).effect,
      MatchedStatements: matchedStatements(everything, { action, resource, lookup }).map(({ policyId }) => ({
        SourcePolicyId: policyId,
        SourcePolicyType: sourceType(policyId),
      })),
      MissingContextValues: [...asked].filter((key) => !keys.has(key)).sort(),
    })),
    ...rest,
  };
};

async function policiesOf(
  input: Iam.SimulatePrincipalPolicyRequest,
  directory: Parameters<IamOperation<"SimulatePrincipalPolicy">>[1]["directory"],
  accountId: string,
): Promise<PolicySet> {
  const parts = parseIamArn(input.PolicySourceArn);
  if (parts?.kind !== "user" && parts?.kind !== "role") {
    throw new InvalidInputException(
      `Invalid Entity Arn: ${input.PolicySourceArn} does not clearly define entity type and name.`,
    );
  }
  const isUser = parts.kind === "user";
  const principal = await (isUser ? directory.user(parts.name) : directory.role(parts.name));
  const arn =
    principal && (isUser ? userArn : roleArn)(accountId, principal.record.path, principal.record.name);
  if (!principal || arn !== input.PolicySourceArn) {
    throw new NoSuchEntityException(`The ${parts.kind} with name ${parts.name} cannot be found.`);
  }
  const added = (input.PolicyInputList ?? []).map((text, index) =>
    given(text, `PolicyInputList.${index + 1}`),
  );
  const boundary = input.PermissionsBoundaryPolicyInputList?.[0];
  return {
    identity: [...principal.identity, ...added],
    boundary:
      boundary === undefined ? principal.boundary : given(boundary, "PermissionsBoundaryPolicyInputList.1"),
    session: undefined,
  };
}

function given(text: string, id: string): AppliedPolicy {
  checkedPolicy(text, "identity");
  return { id, policy: compilePolicy(text, "identity") };
}

function sourceType(policyId: string): "aws-managed" | "user-managed" | "none" {
  if (awsManagedPolicy(policyId)) return "aws-managed";
  return policyId.startsWith("arn:") ? "user-managed" : "none";
}
