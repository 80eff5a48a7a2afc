import { requestTagKeys, withKeys } from "../authorization/index.ts";
import { AccessDenied } from "../errors.ts";
import { federatedUserArn } from "../identifiers.ts";
import type { StsOperation } from "../operation.ts";
import { decide, denialText } from "../policy-language/index.ts";
import { issueCredentials, packedPolicySize } from "../sessions/index.ts";
import { sessionTags } from "./session-tags.ts";

const DEFAULT_SECONDS = 43_200;

/**
 * Gives a user temporary credentials for somebody that the user vouches for. They have the user's permissions within the
 * session policies, so none if there are no session policies, and may call neither IAM nor STS but for GetCallerIdentity.
 *
 * @throws AccessDenied the caller has temporary credentials, or no permission
 * @throws ValidationError two tags have one key, or there are too many managed policies
 * @throws MalformedPolicyDocumentException @throws PackedPolicyTooLargeException the session policies are wrong or too long
 * @see AWS STS API Reference, "GetFederationToken"
 */
export const getFederationToken: StsOperation<"GetFederationToken"> = async (input, context) => {
  const { caller, accountId } = context;
  if (caller.session) throw new AccessDenied("Cannot call GetFederationToken with session credentials");

  const tags = sessionTags(input.Tags);
  const arn = federatedUserArn(accountId, input.Name);
  const lookup = withKeys(context.lookup, requestTagKeys(Object.entries(tags)));
  const actions = ["sts:GetFederationToken", ...(Object.keys(tags).length > 0 ? ["sts:TagSession"] : [])];
  for (const action of actions) {
    const decision = decide(caller.policies, { action, resource: arn, lookup });
    if (decision.effect === "allowed") continue;
    throw new AccessDenied(denialText({ callerArn: caller.arn, action, resource: arn }, decision));
  }

  const packedSize = await packedPolicySize(input, context);
  const credentials = issueCredentials(
    {
      origin: "federated",
      name: caller.name,
      uniqueId: caller.uniqueId,
      sessionName: input.Name,
      policy: input.Policy,
      policyArns: input.PolicyArns?.map(({ arn }) => arn ?? ""),
      tags,
      durationSeconds: input.DurationSeconds ?? DEFAULT_SECONDS,
    },
    context,
  );
  return {
    Credentials: credentials,
    FederatedUser: { FederatedUserId: `${accountId}:${input.Name}`, Arn: arn },
    ...(packedSize === undefined ? {} : { PackedPolicySize: packedSize }),
  };
};
