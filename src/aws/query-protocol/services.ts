/**
 * The two services of the query protocol: what each asks of its callers, and how its operations are run.
 */

import type { ReceivedRequest } from "../../http/index.ts";
import {
  type Caller,
  type Decision,
  decide,
  decideOnResource,
  denialText,
  type IamEnvironment,
  type IamOperationName,
  iamModel,
  type QueryServiceModel,
  type RawInput,
  runIamOperation,
  runStsOperation,
  runUnsignedStsOperation,
  type SessionOrigin,
  type StsOperationName,
  stsModel,
  targetOf,
  withKeys,
  withRightsToOwnPassword,
} from "../../iam/index.ts";
import type { Callers } from "../callers/index.ts";
import { ACCESS_DENIED, WireError } from "../sigv4/index.ts";
import type { QueryService } from "./service.ts";

/** A call of an operation, read but not yet looked into. */
export interface QueryCall<Name extends string> {
  readonly name: Name;
  readonly input: RawInput;
  readonly request: ReceivedRequest;
}

export interface QueryServiceDefinition<Name extends string> {
  readonly service: QueryService;
  readonly model: QueryServiceModel<Name>;
  /**
   * Authenticates the caller, passes it to `onCaller`, and authorizes it.
   *
   * @returns what runs the operation, given its input checked against the API model
   * @throws WireError they are not who they say, or may not
   */
  readonly allow: (
    call: QueryCall<Name>,
    environment: IamEnvironment & { readonly callers: Callers },
    onCaller: (caller: Caller) => void,
  ) => Promise<(input: RawInput) => Promise<object>>;
}

/** What the credentials of a user's session may call, where that is not all. @see AWS STS API Reference, "GetSessionToken" */
const OF_SESSIONS: Readonly<Partial<Record<SessionOrigin, readonly StsOperationName[]>>> = {
  token: ["AssumeRole", "GetCallerIdentity"],
  federated: ["GetCallerIdentity"],
};

export const sts: QueryServiceDefinition<StsOperationName> = {
  service: "sts",
  model: stsModel,
  async allow({ name, request }, environment, onCaller) {
    const { callers } = environment;
    if (name === "AssumeRoleWithWebIdentity") {
      const lookup = callers.unsignedLookup(request);
      return (input) => runUnsignedStsOperation(name, input, { ...environment, lookup });
    }
    const { caller, lookup } = await callers.authenticate(request, "sts");
    onCaller(caller);
    const allowed = caller.session && OF_SESSIONS[caller.session.origin];
    if (allowed && !allowed.includes(name)) {
      throw new WireError(ACCESS_DENIED, `Cannot call ${name} with session credentials`);
    }
    // A role names its callers in its trust policy, and GetFederationToken asks about the name that it is given.
    // GetCallerIdentity and GetSessionToken need no permission.
    if (name === "GetAccessKeyInfo") {
      const question = { action: `sts:${name}`, resource: "*" };
      const decision = decide(caller.policies, { ...question, lookup });
      requireAllowed(decision, { callerArn: caller.arn, ...question });
    }
    return (input) => runStsOperation(name, input, { ...environment, caller, lookup });
  },
};

/** Operations that the account's password policy can allow to all its users. */
const OWN_PASSWORD: ReadonlySet<IamOperationName> = new Set(["ChangePassword", "GetAccountPasswordPolicy"]);

export const iam: QueryServiceDefinition<IamOperationName> = {
  service: "iam",
  model: iamModel,
  async allow({ name, input: rawInput, request }, environment, onCaller) {
    const authenticated = await environment.callers.authenticate(request, "iam");
    const { caller } = authenticated;
    onCaller(caller);
    const { resource, shown, renamed, keys } = await targetOf(name, rawInput, caller, environment);
    const lookup = withKeys(authenticated.lookup, keys);
    const authorize = async (asking: Caller, target: string, shownTarget: string) => {
      const action = `iam:${name}`;
      const question = { action, resource: target, lookup: authenticated.lookup, keys };
      const decision = await decideOnResource(asking, question);
      requireAllowed(decision, { callerArn: asking.arn, action, resource: shownTarget });
    };
    const asking = OWN_PASSWORD.has(name) ? await withRightsToOwnPassword(caller, environment) : caller;
    await authorize(asking, resource, shown);
    if (renamed !== undefined) await authorize(caller, renamed, renamed);
    return (input) => runIamOperation(name, input, { ...environment, caller, lookup });
  },
};

function requireAllowed(decision: Decision, denied: Parameters<typeof denialText>[0]): void {
  if (decision.effect !== "allowed") throw new WireError(ACCESS_DENIED, denialText(denied, decision));
}
