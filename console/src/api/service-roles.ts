import {
  CreateRoleCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { NewServiceRole } from "../rules/iam/service-roles.ts";
import { isDenied, isNotFound } from "./errors.ts";
import { inIam } from "./iam-client.ts";

/** Makes a role that Cognito assumes. @returns its ARN */
export async function createServiceRole(RoleName: string, role: NewServiceRole): Promise<string> {
  const { Role } = await inIam((client) =>
    client.send(
      new CreateRoleCommand({
        RoleName,
        Path: "/service-role/",
        AssumeRolePolicyDocument: role.trustPolicy,
      }),
    ),
  );
  return Role?.Arn ?? "";
}

/** Gives a role that was made before the trust policy of now. */
export function trustServiceRole(RoleName: string, { trustPolicy }: NewServiceRole): Promise<unknown> {
  return inIam((client) =>
    client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustPolicy })),
  );
}

export function allowServiceRole(RoleName: string, { policyName, policy }: NewServiceRole): Promise<unknown> {
  return inIam((client) =>
    client.send(new PutRolePolicyCommand({ RoleName, PolicyName: policyName, PolicyDocument: policy })),
  );
}

/** The ARN of a role; undefined for one that does not exist, or that the caller may not see. */
export function findRoleArn(RoleName: string): Promise<{ readonly arn: string | undefined }> {
  return inIam((client) => client.send(new GetRoleCommand({ RoleName }))).then(
    ({ Role }) => ({ arn: Role?.Arn }),
    (error) => {
      if (isNotFound(error) || isDenied(error)) return { arn: undefined };
      throw error;
    },
  );
}
