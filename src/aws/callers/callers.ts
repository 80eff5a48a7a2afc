import { type OperationName, ResourceNotFoundException } from "../../api-model/index.ts";
import type { ReceivedRequest } from "../../http/index.ts";
import {
  type Caller,
  type Decision,
  decideOnResource,
  denialText,
  type IamEnvironment,
  type KeyLookup,
  type KeyValues,
  type RawInput,
  rememberOpened,
} from "../../iam/index.ts";
import { poolArn } from "../../pool-ids.ts";
import { ACCESS_DENIED, SigningKeys, WireError } from "../sigv4/index.ts";
import { type Authenticated, authenticate, type ServiceName, unsignedLookup } from "./authenticate.ts";
import type { TrustSettings } from "./settings.ts";
import {
  DENIED_WITH,
  furtherActions,
  isInRegion,
  passedRoles,
  poolRequestKeys,
  poolTarget,
} from "./user-pools.ts";

/** Authentication and authorization for the AWS surfaces. */
export interface Callers {
  /** Authenticates the caller of a service. @throws WireError the signature is missing or wrong */
  authenticate(request: ReceivedRequest, service: ServiceName): Promise<Authenticated>;
  /** The condition keys of a request that needs no signature. */
  unsignedLookup(request: ReceivedRequest): KeyLookup;
  /**
   * Authenticates and authorizes the caller of an operation of user pools.
   *
   * @param call its input is the parsed body, not validated
   * @throws WireError they are not who they say, or may not
   * @throws ResourceNotFoundException the caller has permission, but the pool is in another region than the signature
   */
  authorizeUserPools(request: ReceivedRequest, call: UserPoolsCall): Promise<Caller>;
  /**
   * Authenticates and authorizes the caller of an action on a user pool for which AWS has no operation.
   *
   * @param action for example `cognate:RotateSigningKeys`
   * @throws WireError they are not who they say, or may not
   */
  authorizeOnPool(request: ReceivedRequest, action: `cognate:${string}`, poolId: string): Promise<Caller>;
  /**
   * Authenticates and authorizes the caller of an action on a KMS key.
   *
   * @param action for example `kms:Decrypt`
   * @throws WireError they are not who they say, or may not
   */
  authorizeOnKey(
    request: ReceivedRequest,
    action: `kms:${string}`,
    keyArn: string,
    encryptionContext: Readonly<Record<string, string>>,
  ): Promise<Caller>;
}

interface UserPoolsCall {
  readonly operation: OperationName;
  readonly input: RawInput;
}

interface CallersDependencies {
  readonly iam: IamEnvironment;
  readonly trust: TrustSettings;
  /** The tags of a user pool, for `aws:ResourceTag`; read only when a policy of the caller has a condition on them. */
  readonly tagsOfPool: (poolId: string) => Promise<Readonly<Record<string, string>> | undefined>;
}

export function createCallers({ iam, trust, tagsOfPool }: CallersDependencies): Callers {
  const sealer = rememberOpened(iam.sealer);
  const dependencies = { iam: { ...iam, sealer }, trust, signingKeys: new SigningKeys() };
  const decisionOn = (
    { caller, lookup }: Authenticated,
    { action, resource, poolId, keys }: Question,
  ): Promise<Decision> =>
    decideOnResource(caller, {
      action,
      resource,
      lookup,
      keys,
      tags: async () => (poolId === undefined ? undefined : tagsOfPool(poolId)),
    });
  const allow = async (authenticated: Authenticated, question: Question): Promise<Caller> => {
    const { caller } = authenticated;
    const decision = await decisionOn(authenticated, question);
    if (decision.effect !== "allowed") throw denial(caller, question, decision);
    return caller;
  };
  return {
    authenticate: (request, service) => authenticate(request, service, dependencies),
    unsignedLookup: (request) => unsignedLookup(request, dependencies),

    async authorizeUserPools(request, { operation, input }) {
      const authenticated = await authenticate(request, "cognito-idp", dependencies);
      const { resource, poolId } = poolTarget(operation, input, authenticated.caller);
      const keys = poolRequestKeys(operation, input);
      const question = { action: `cognito-idp:${operation}`, resource, poolId, keys };
      const caller = await allow(authenticated, question);
      const wider = DENIED_WITH[operation];
      if (wider !== undefined) {
        const onWider = { ...question, action: `cognito-idp:${wider}` };
        const decision = await decisionOn(authenticated, onWider);
        if (decision.effect === "explicitDeny") throw denial(caller, onWider, decision);
      }
      for (const { roleArn, keys: ofRole } of passedRoles(operation, input))
        await allow(authenticated, {
          action: "iam:PassRole",
          resource: roleArn,
          poolId: undefined,
          keys: ofRole,
        });
      for (const further of furtherActions(operation, input, caller.accountId))
        await allow(authenticated, { ...further, poolId: undefined });
      // The allowed ARN has the signature's region, but policies name such a pool by the ARN in its own region.
      if (poolId !== undefined && !isInRegion(poolId, caller.region))
        throw new ResourceNotFoundException(`User pool ${poolId} does not exist.`);
      return caller;
    },

    async authorizeOnPool(request, action, poolId) {
      const resource = poolArn(iam.accountId, poolId);
      return allow(await authenticate(request, "cognate", dependencies), {
        action,
        resource,
        poolId,
        keys: {},
      });
    },

    async authorizeOnKey(request, action, keyArn, encryptionContext) {
      const context = Object.entries(encryptionContext).map(
        ([name, value]) => [`kms:EncryptionContext:${name}`, value] as const,
      );
      return allow(await authenticate(request, "kms", dependencies), {
        action,
        resource: keyArn,
        poolId: undefined,
        keys: {
          ...Object.fromEntries(context),
          "kms:EncryptionContextKeys": Object.keys(encryptionContext),
        },
      });
    },
  };
}

function denial(
  { arn }: Caller,
  { action, resource }: Question,
  decision: Exclude<Decision, { effect: "allowed" }>,
): WireError {
  return new WireError(ACCESS_DENIED, denialText({ callerArn: arn, action, resource }, decision));
}

/** The input of a policy evaluation. */
interface Question {
  readonly action: string;
  readonly resource: string;
  /** The pool that `aws:ResourceTag` refers to. */
  readonly poolId: string | undefined;
  /** The condition keys of the call. */
  readonly keys: KeyValues;
}
