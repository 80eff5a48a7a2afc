import type { Iam } from "../../api-model/index.ts";
import type { IamOperationContext } from "../../environment.ts";
import { InvalidInputException, NoSuchEntityException, ValidationError } from "../../errors.ts";
import { parseIamArn, roleArn, userArn } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";
import { checkedPolicy } from "../../policies/index.ts";
import {
  type AppliedPolicy,
  awsManagedPolicy,
  compileDocument,
  decide,
  type KeyLookup,
  matchedStatements,
  type PolicySet,
  policySize,
} from "../../policy-language/index.ts";
import { QUOTAS } from "../../quotas.ts";

/** Combinations of actions and resources in one simulation, over all of its pages. */
const MAX_QUESTIONS = 10_000;
/** Characters of all policies given: as many as two roles have in inline policies. */
const MAX_GIVEN_POLICY_SIZE = 2 * QUOTAS.RolePolicySizeQuota;
/** Characters of the values of all condition keys given. */
const MAX_CONTEXT_SIZE = 1024;
const DEFAULT_MAX_ITEMS = 100;

/**
 * The most that one page may cost, in characters of policies times characters of what they are matched against: some 20 ms, during
 * which no other request is answered. A page ends there, as the API Reference allows: "IAM might return fewer results".
 */
const PAGE_BUDGET = 20_000_000;
/** Characters that every question counts for besides its resource: its action, and reading each statement. */
const QUESTION_SIZE = 200;

/**
 * Evaluates the policies of a user or role for actions on resources with the given condition keys. No action is performed,
 * and only the given keys have a value. Only the requested page is evaluated.
 *
 * @throws NoSuchEntityException there is no such user or role
 * @throws MalformedPolicyDocumentException one of the given policies is invalid
 * @throws InvalidInputException the simulation is too large, or has a resource policy, which is not supported
 * @throws ValidationError the list did not issue the marker
 */
export const simulatePrincipalPolicy: IamOperation<"SimulatePrincipalPolicy"> = async (input, context) => {
  const { ActionNames: actions, ResourceArns: resources = ["*"], MaxItems = DEFAULT_MAX_ITEMS } = input;
  const total = actions.length * resources.length;
  checkBounds(input, total);
  const policies = await policiesOf(input, context);
  const everything = [...policies.identity, ...(policies.boundary ? [policies.boundary] : [])];
  const keys = contextKeys(input.ContextEntries);
  const lookup: KeyLookup = (key) => keys.get(key);
  const MissingContextValues = [...new Set(everything.flatMap(({ policy }) => [...policy.keys]))]
    .filter((key) => !keys.has(key))
    .sort();

  const sizeOfPolicies = everything.reduce((sum, { policy }) => sum + policy.size, 0);
  const sizeOfContext = [...keys.values()].flat().join("").length;
  const EvaluationResults: Iam.EvaluationResult[] = [];
  let next = positionOf(input.Marker, total);
  for (let cost = 0; next < total && EvaluationResults.length < MaxItems && cost < PAGE_BUDGET; next++) {
    const action = actions[Math.floor(next / resources.length)] ?? "";
    const resource = resources[next % resources.length] ?? "";
    cost += sizeOfPolicies * (QUESTION_SIZE + resource.length + sizeOfContext);
    EvaluationResults.push({
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: decide(policies, { action, resource, lookup }).effect,
      MatchedStatements: matchedStatements(everything, { action, resource, lookup }).map(({ policyId }) => ({
        SourcePolicyId: policyId,
        SourcePolicyType: sourceType(policyId),
      })),
      MissingContextValues,
    });
  }
  return {
    EvaluationResults,
    ...(next < total ? { IsTruncated: true, Marker: markerOf(next) } : { IsTruncated: false }),
  };
};

function checkBounds(input: Iam.SimulatePrincipalPolicyRequest, questions: number): void {
  const { PolicyInputList = [], PermissionsBoundaryPolicyInputList = [], ContextEntries = [] } = input;
  if (input.ResourcePolicy !== undefined) {
    throw new InvalidInputException("ResourcePolicy is not supported: no resource here has a policy.");
  }
  if (questions > MAX_QUESTIONS) {
    throw new InvalidInputException(
      `Cannot simulate more than ${MAX_QUESTIONS} combinations of ActionNames and ResourceArns.`,
    );
  }
  if (PermissionsBoundaryPolicyInputList.length > 1) {
    throw new InvalidInputException("PermissionsBoundaryPolicyInputList can have one policy only.");
  }
  const given = [...PolicyInputList, ...PermissionsBoundaryPolicyInputList];
  if (given.reduce((sum, text) => sum + policySize(text), 0) > MAX_GIVEN_POLICY_SIZE) {
    throw new InvalidInputException(`Cannot exceed ${MAX_GIVEN_POLICY_SIZE} characters of policies.`);
  }
  const values = ContextEntries.flatMap(({ ContextKeyValues = [] }) => ContextKeyValues);
  if (values.reduce((sum, value) => sum + value.length, 0) > MAX_CONTEXT_SIZE) {
    throw new InvalidInputException(`Cannot exceed ${MAX_CONTEXT_SIZE} characters of ContextKeyValues.`);
  }
}

function contextKeys(entries: readonly Iam.ContextEntry[] = []): ReadonlyMap<string, readonly string[]> {
  return new Map(
    entries.map(({ ContextKeyName = "", ContextKeyValues = [] }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyValues,
    ]),
  );
}

function markerOf(position: number): string {
  return Buffer.from(String(position)).toString("base64");
}

/** @throws ValidationError */
function positionOf(marker: string | undefined, total: number): number {
  if (marker === undefined) return 0;
  const text = Buffer.from(marker, "base64").toString();
  const position = /^\d{1,9}$/.test(text) ? Number(text) : total;
  if (position >= total) throw new ValidationError("Invalid Marker.");
  return position;
}

async function policiesOf(
  input: Iam.SimulatePrincipalPolicyRequest,
  { directory, accountId }: IamOperationContext,
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

/** A policy that is given for this simulation alone, so that its compiled form is not kept. */
function given(text: string, id: string): AppliedPolicy {
  return { id, policy: compileDocument(checkedPolicy(text, "identity"), text) };
}

function sourceType(policyId: string): "aws-managed" | "user-managed" | "none" {
  if (awsManagedPolicy(policyId)) return "aws-managed";
  return policyId.startsWith("arn:") ? "user-managed" : "none";
}
