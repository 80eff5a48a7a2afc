import {
  type AuthFlowType,
  type InitiateAuthResponse,
  InvalidParameterException,
  UnsupportedOperationException,
} from "../../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord } from "../../../storage/index.ts";
import { checkSecretHash, flowEnabled } from "../../app-clients/index.ts";
import type { OperationContext } from "../../operation.ts";
import type { RequestContext } from "../../request-context.ts";
import { beginSignIn, type Parameters, type Party, required } from "../../sign-in/index.ts";
import { rotatesRefreshTokens } from "../../tokens/index.ts";
import { apiFlows } from "./auth-flows.ts";
import { checkSecretHashOfRefresh } from "./secret-hash.ts";
import { stepOutput } from "./step-output.ts";

interface AuthRequest {
  readonly AuthFlow: AuthFlowType;
  readonly AuthParameters?: Parameters | undefined;
  readonly Session?: string | undefined;
}

/**
 * The common part of InitiateAuth and AdminInitiateAuth: the rules of the API, in the order in which Cognito checks, then the first
 * step of a sign-in, or a refresh.
 *
 * @throws InvalidParameterException the operation does not take the flow, the client does not allow it, or a parameter is
 *   missing
 * @throws NotAuthorizedException the client has a secret and SECRET_HASH does not prove it
 */
export async function initiate(
  party: Party,
  { AuthFlow: flow, AuthParameters: parameters = {}, Session }: AuthRequest,
  context: OperationContext,
): Promise<InitiateAuthResponse> {
  const { pool, client, channel } = party;
  const isRefresh = flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN";
  const rules = apiFlows[flow];
  if (!rules.channels.includes(channel)) {
    throw new InvalidParameterException("Initiate Auth method not supported.");
  }
  requireSecretHash(client, isRefresh ? undefined : parameters.USERNAME, parameters.SECRET_HASH);
  if (isRefresh) refuseRotation(client);
  if (!flowEnabled(client, flow)) throw new InvalidParameterException(rules.notEnabledMessage);
  for (const name of rules.required) required(parameters, name);
  if (isRefresh) return refresh(party, parameters, context);
  if (flow === "CUSTOM_AUTH") requireCustomAuthTriggers(pool);

  const name = required(parameters, "USERNAME");
  const beginning = { ...context, request: asValidationData(context.request) };
  // Only a choice-based sign-in can start with a Session.
  const session = flow === "USER_AUTH" ? Session : undefined;
  const step = await beginSignIn({ ...party, flow, name, given: parameters, session }, beginning);
  return stepOutput(step, beginning);
}

/** @see Developer Guide, "Customizing user pool workflows with Lambda triggers", section on client metadata */
function asValidationData(request: RequestContext): RequestContext {
  return { ...request, clientMetadata: undefined, validationData: request.clientMetadata };
}

/** @param name the name in SECRET_HASH; while it is not known, only the presence of SECRET_HASH is checked */
function requireSecretHash(
  client: AppClientRecord,
  name: string | undefined,
  secretHash: string | undefined,
) {
  if (name === undefined && secretHash !== undefined) return;
  checkSecretHash(client, name ?? "", secretHash);
}

/** Clients that rotate refresh tokens have GetTokensFromRefreshToken alone. */
function refuseRotation(client: AppClientRecord): void {
  if (!rotatesRefreshTokens(client)) return;
  throw new UnsupportedOperationException("This API does not support refresh token rotation");
}

async function refresh(
  { pool, client }: Party,
  parameters: Parameters,
  { tokens, request }: OperationContext,
): Promise<InitiateAuthResponse> {
  const result = await tokens.refresh({
    pool,
    client,
    refreshToken: required(parameters, "REFRESH_TOKEN"),
    deviceKey: parameters.DEVICE_KEY,
    admit: (user) => checkSecretHashOfRefresh(client, user, parameters.SECRET_HASH),
    requestContext: asValidationData(request),
  });
  return { ChallengeParameters: {}, AuthenticationResult: result };
}

function requireCustomAuthTriggers({ settings }: UserPoolRecord): void {
  const { DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse } =
    settings.LambdaConfig ?? {};
  if (DefineAuthChallenge && CreateAuthChallenge && VerifyAuthChallengeResponse) return;
  throw new InvalidParameterException("Custom auth lambda trigger is not configured for the user pool.");
}
