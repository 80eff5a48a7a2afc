/**
 * Checks of policies before they are stored: syntax, size, and the principals of trust policies.
 */
import type { IamRepositories, IamRoleRecord } from "../../storage/index.ts";
import { LimitExceededException, MalformedPolicyDocumentException } from "../errors.ts";
import { parseIamArn, roleArn, userArn } from "../identifiers.ts";
import {
  checkNewDocument,
  type PolicyDocument,
  type PolicyKind,
  PolicySyntaxError,
  parsePolicy,
  policySize,
  principalArns,
} from "../policy-language/index.ts";
import { QUOTAS } from "../quotas.ts";

const { PolicySizeQuota, AssumeRolePolicySizeQuota } = QUOTAS;

/** A document that is to be saved or passed. @throws MalformedPolicyDocumentException */
export function checkedPolicy(text: string, kind: PolicyKind): PolicyDocument {
  try {
    const document = parsePolicy(text, kind);
    checkNewDocument(document);
    return document;
  } catch (error) {
    if (error instanceof PolicySyntaxError) {
      throw new MalformedPolicyDocumentException(error.message, { cause: error });
    }
    throw error;
  }
}

/**
 * Checks the document of a managed policy, which must be of the newer version of the language.
 *
 * @throws MalformedPolicyDocumentException
 * @throws LimitExceededException
 */
export function checkManagedPolicy(text: string): void {
  if (checkedPolicy(text, "identity").version !== "2012-10-17") {
    throw new MalformedPolicyDocumentException("Policy document must be version 2012-10-17 or greater.");
  }
  if (policySize(text) > PolicySizeQuota) {
    throw new LimitExceededException(`Cannot exceed quota for PolicySize: ${PolicySizeQuota}`);
  }
}

/** A trust policy as it is stored: its text, and the principals that it names. */
type TrustRecord = Pick<IamRoleRecord, "trustPolicy" | "trustedIds">;

const OTHER_PRINCIPALS = [
  /^\d{12}$/,
  /^arn:aws:iam::\d{12}:root$/,
  /^arn:aws:sts::\d{12}:(assumed-role|federated-user)\/.+$/,
  // A unique id is kept: AWS shows a deleted principal in this form.
  /^A(IDA|ROA)[A-Z2-7]{17}$/,
];

/**
 * Reads a trust policy that is to be saved. The users and roles of this account that it names must exist; those of other
 * accounts cannot be looked up and never call here.
 *
 * @throws MalformedPolicyDocumentException
 * @throws LimitExceededException
 */
export async function readTrustPolicy(
  text: string,
  accountId: string,
  iam: IamRepositories,
): Promise<TrustRecord> {
  const document = checkedPolicy(text, "trust");
  if (policySize(text) > AssumeRolePolicySizeQuota) {
    throw new LimitExceededException(`Cannot exceed quota for ACLSizePerRole: ${AssumeRolePolicySizeQuota}`);
  }
  const trustedIds: Record<string, string> = {};
  for (const { principals } of document.statements) {
    if (!principals) continue;
    const named = principalArns(principals.values);
    for (const principal of principals.values.aws) {
      if (!named.includes(principal)) {
        if (!OTHER_PRINCIPALS.some((form) => form.test(principal))) throw invalidPrincipal(principal);
        continue;
      }
      if (parseIamArn(principal)?.accountId !== accountId) continue;
      const uniqueId = await uniqueIdOf(principal, iam);
      if (uniqueId === undefined) throw invalidPrincipal(principal);
      trustedIds[principal] = uniqueId;
    }
  }
  return { trustPolicy: text, trustedIds };
}

function invalidPrincipal(principal: string): MalformedPolicyDocumentException {
  return new MalformedPolicyDocumentException(`Invalid principal in policy: "AWS":"${principal}"`);
}

/**
 * A role's trust policy as GetRole shows it: with the unique ids, in place of their ARNs, of users and roles that have been
 * deleted since.
 */
export async function shownTrustPolicy(role: IamRoleRecord, iam: IamRepositories): Promise<string> {
  let text = role.trustPolicy;
  for (const [arn, uniqueId] of Object.entries(role.trustedIds)) {
    if ((await uniqueIdOf(arn, iam)) !== uniqueId) {
      text = text.replaceAll(JSON.stringify(arn), JSON.stringify(uniqueId));
    }
  }
  return text;
}

async function uniqueIdOf(arn: string, iam: IamRepositories): Promise<string | undefined> {
  const parts = parseIamArn(arn);
  if (!parts) return undefined;
  const { accountId, kind, path, name } = parts;
  const isUser = kind === "user";
  const record = await (isUser ? iam.users : iam.roles).get(accountId, name);
  // A renamed or moved user is no longer found by the old ARN, as in AWS.
  return record &&
    (isUser ? userArn : roleArn)(accountId, record.path, record.name) ===
      (isUser ? userArn : roleArn)(accountId, path, name)
    ? record.uniqueId
    : undefined;
}
