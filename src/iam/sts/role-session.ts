import type { IamRoleRecord } from "../../storage/index.ts";
import type { Sts } from "../api-model/index.ts";
import type { IamRequestContext } from "../environment.ts";
import { roleSessionArn } from "../identifiers.ts";
import { issueCredentials, type NewSession, packedPolicySize } from "../sessions/index.ts";

/** How long a session lasts if the request does not say. */
export const DEFAULT_SECONDS = 3600;

/** What the AssumeRole operations have in common. */
interface SessionInput {
  readonly RoleSessionName: string;
  readonly Policy?: string | undefined;
  readonly PolicyArns?: Sts.PolicyDescriptorType[] | undefined;
  readonly Tags?: Sts.Tag[] | undefined;
}

type SessionProperties = Pick<NewSession, "durationSeconds"> &
  Partial<Pick<NewSession, "tags" | "transitiveTagKeys" | "sourceIdentity" | "federatedProvider">>;

/**
 * Issues credentials of a role whose permission to be assumed has been checked, and notes that the role was used.
 *
 * @throws MalformedPolicyDocumentException @throws PackedPolicyTooLargeException the session policies are wrong or too long
 */
export async function issueRoleSession(
  input: SessionInput,
  role: IamRoleRecord,
  properties: SessionProperties,
  context: IamRequestContext,
): Promise<Pick<Sts.AssumeRoleResponse, "AssumedRoleUser" | "Credentials" | "PackedPolicySize">> {
  const { directory, accountId, clock } = context;
  const { name, uniqueId } = role;
  const packedSize = await packedPolicySize(input, context);
  const session: NewSession = {
    origin: "role",
    name,
    uniqueId,
    sessionName: input.RoleSessionName,
    policy: input.Policy,
    policyArns: input.PolicyArns?.map(({ arn }) => arn ?? ""),
    ...properties,
  };
  const credentials = issueCredentials(session, context);
  await directory.noteRoleUse(role, clock.now());
  return {
    AssumedRoleUser: {
      AssumedRoleId: `${uniqueId}:${input.RoleSessionName}`,
      Arn: roleSessionArn(accountId, name, input.RoleSessionName),
    },
    Credentials: credentials,
    ...(packedSize === undefined ? {} : { PackedPolicySize: packedSize }),
  };
}
