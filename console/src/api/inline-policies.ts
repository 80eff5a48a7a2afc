/** The policies that are written into an IAM user or role. */
import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { readablePolicy } from "../rules/iam/policy-document.ts";
import { isDenied, isNotFound } from "./errors.ts";
import { inIam } from "./iam-client.ts";

export interface PolicyHolder {
  readonly kind: "user" | "role";
  readonly name: string;
}

export async function getInlinePolicy({ kind, name }: PolicyHolder, PolicyName: string): Promise<string> {
  const { PolicyDocument } = await inIam<{ PolicyDocument?: string | undefined }>((client) =>
    kind === "user"
      ? client.send(new GetUserPolicyCommand({ UserName: name, PolicyName }))
      : client.send(new GetRolePolicyCommand({ RoleName: name, PolicyName })),
  );
  return readablePolicy(PolicyDocument);
}

/** The policy, if there is one of that name and the caller may read it. */
export async function findInlinePolicy(holder: PolicyHolder, name: string): Promise<string | undefined> {
  try {
    return await getInlinePolicy(holder, name);
  } catch (error) {
    if (isNotFound(error) || isDenied(error)) return undefined;
    throw error;
  }
}

export async function putInlinePolicy(
  { kind, name }: PolicyHolder,
  PolicyName: string,
  PolicyDocument: string,
): Promise<void> {
  const policy = { PolicyName, PolicyDocument };
  await inIam<unknown>((client) =>
    kind === "user"
      ? client.send(new PutUserPolicyCommand({ UserName: name, ...policy }))
      : client.send(new PutRolePolicyCommand({ RoleName: name, ...policy })),
  );
}

export async function deleteInlinePolicy({ kind, name }: PolicyHolder, PolicyName: string): Promise<void> {
  await inIam<unknown>((client) =>
    kind === "user"
      ? client.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName }))
      : client.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName })),
  );
}
