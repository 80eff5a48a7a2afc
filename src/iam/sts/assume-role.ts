import type { Sts } from "../api-model/index.ts";
import { requestTagKeys, resourceTagKeys, withKeys } from "../authorization/index.ts";
import type { IamOperationContext } from "../environment.ts";
import { AccessDenied, ValidationError } from "../errors.ts";
import type { StsOperation } from "../operation.ts";
import { type Decision, denialText } from "../policy-language/index.ts";
import type { Caller } from "../principals/index.ts";
import { checkDuration, findRole, mayAssume } from "../sessions/index.ts";
import { type Tags, tagRecord } from "../tags.ts";
import { DEFAULT_SECONDS, issueRoleSession } from "./role-session.ts";
import { sessionTags } from "./session-tags.ts";

/** Sessions that begin from temporary credentials last an hour at most, even if the role allows more. */
const MAX_CHAINED_SECONDS = 3600;

/**
 * Gives temporary credentials with a role's permissions to a principal that the role trusts.
 *
 * An unknown role gives the same answer as one that does not trust the caller.
 *
 * @throws AccessDenied
 * @throws ValidationError
 * @throws MalformedPolicyDocumentException @throws PackedPolicyTooLargeException the session policies are wrong or too long
 * @see AWS STS API Reference, "AssumeRole"
 */
export const assumeRole: StsOperation<"AssumeRole"> = async (input, context) => {
  const { caller } = context;
  const session = sessionMarks(input, caller);

  const role = await findRole(input.RoleArn, context);
  if (!role) throw refusal("sts:AssumeRole", input.RoleArn, caller);
  const { record } = role;
  for (const action of requiredActions(input, session)) {
    const decision = mayAssume(caller, record, {
      action,
      resource: input.RoleArn,
      lookup: keysOf(input, session, record.tags, context),
    });
    if (decision.effect !== "allowed") throw refusal(action, input.RoleArn, caller, decision);
  }
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined) throw wrongMfaCode();

  const durationSeconds = input.DurationSeconds ?? DEFAULT_SECONDS;
  checkDuration(durationSeconds, record);
  if (caller.session && durationSeconds > MAX_CHAINED_SECONDS) {
    throw new ValidationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  return {
    ...(await issueRoleSession(input, record, { durationSeconds, ...session }, context)),
    ...(session.sourceIdentity === undefined ? {} : { SourceIdentity: session.sourceIdentity }),
  };
};

/** The tags and source identity of the new session: those requested, and those that the caller's session passes on. */
interface SessionMarks {
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
}

/** @throws ValidationError the tags contradict each other or those of the caller's session */
function sessionMarks(input: Sts.AssumeRoleRequest, { session }: Caller): SessionMarks {
  const asked = sessionTags(input.Tags);
  const askedKeys = Object.keys(asked).map((key) => key.toLowerCase());
  const transitive = input.TransitiveTagKeys ?? [];
  if (!transitive.every((key) => askedKeys.includes(key.toLowerCase()))) {
    throw new ValidationError("The specified transitive tag key must be included in the requested tags.");
  }
  const inheritedKeys = (session?.transitiveTagKeys ?? []).map((key) => key.toLowerCase());
  if (inheritedKeys.some((key) => askedKeys.includes(key))) {
    throw new ValidationError(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const inherited = Object.entries(session?.tags ?? {}).filter(([key]) =>
    inheritedKeys.includes(key.toLowerCase()),
  );
  return {
    tags: { ...Object.fromEntries(inherited), ...asked },
    transitiveTagKeys: [...inheritedKeys, ...transitive],
    // Once set it stays through every role that is assumed from there.
    sourceIdentity: session?.sourceIdentity ?? input.SourceIdentity,
  };
}

function requiredActions(input: Sts.AssumeRoleRequest, session: SessionMarks): string[] {
  return [
    "sts:AssumeRole",
    ...(input.Tags && input.Tags.length > 0 ? ["sts:TagSession"] : []),
    ...(session.sourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
}

function keysOf(
  input: Sts.AssumeRoleRequest,
  session: SessionMarks,
  roleTags: Tags,
  { lookup }: IamOperationContext,
) {
  return withKeys(lookup, {
    "sts:RoleSessionName": input.RoleSessionName,
    "sts:ExternalId": input.ExternalId,
    "sts:SourceIdentity": session.sourceIdentity,
    "sts:TransitiveTagKeys": session.transitiveTagKeys,
    ...requestTagKeys(Object.entries(tagRecord(input.Tags))),
    ...resourceTagKeys(roleTags, "iam"),
  });
}

/** AssumeRole was observed to name no policy for an implicit deny; the documentation has a message for an explicit one. */
function refusal(action: string, resource: string, caller: Caller, decision?: Decision): AccessDenied {
  const explicit = decision?.effect === "explicitDeny" ? decision : undefined;
  return new AccessDenied(denialText({ callerArn: caller.arn, action, resource }, explicit));
}

/** IAM users have no MFA devices here, so no code is right. */
export function wrongMfaCode(): AccessDenied {
  return new AccessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
}
