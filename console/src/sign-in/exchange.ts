/** Calls that an application makes for a user, each kept so that it can be read. */
import type {
  CognitoIdentityProviderClient,
  UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { asApplication } from "../api/aws.ts";
import { effectiveFlows } from "../rules/app-clients/app-client.ts";
import { secretHash } from "./srp.ts";

export const flows = [
  "ADMIN_USER_PASSWORD_AUTH",
  "USER_PASSWORD_AUTH",
  "USER_SRP_AUTH",
  "USER_AUTH",
  "CUSTOM_AUTH",
] as const;
export type Flow = (typeof flows)[number];

/** The first flow that an app client allows. */
export function preferredFlow(client: UserPoolClientType | undefined): Flow {
  const enabled: readonly string[] = client === undefined ? [] : effectiveFlows(client);
  return flows.find((flow) => enabled.includes(`ALLOW_${flow}`)) ?? flows[0];
}

/** The values of PREFERRED_CHALLENGE in USER_AUTH. */
export const firstChallenges = ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] as const;
export type FirstChallenge = (typeof firstChallenges)[number];

/** A device that is remembered for a user, with the password by which it proves itself. */
export interface Device {
  readonly key: string;
  readonly groupKey: string;
  readonly password: string;
}

export interface SignInTarget {
  readonly poolId: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly flow: Flow;
  readonly username: string;
  /** Of USER_AUTH; undefined to let the user choose. */
  readonly preferred?: FirstChallenge | undefined;
  /** Of USER_AUTH right after a confirmed sign-up, which needs no proof of its own. */
  readonly session?: string | undefined;
  readonly device?: Device | undefined;
}

/** One call and its answer. */
export interface Exchange {
  readonly operation: string;
  readonly request: object;
  readonly response?: object;
  readonly error?: Error;
  readonly milliseconds: number;
}

/** Receives each finished call. */
export type Listener = (exchange: Exchange) => void;

export async function exchange<Output extends object>(
  poolId: string,
  operation: string,
  request: object,
  send: (client: CognitoIdentityProviderClient) => Promise<Output>,
  tell: Listener,
): Promise<Output> {
  const start = performance.now();
  const since = () => Math.round(performance.now() - start);
  try {
    const answer = await asApplication(poolId, send);
    const { $metadata: _metadata, ...response } = answer as Output & { $metadata?: unknown };
    tell({ operation, request, response, milliseconds: since() });
    return answer;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    tell({ operation, request, error: failure, milliseconds: since() });
    throw failure;
  }
}

/** SECRET_HASH among the parameters of a sign-in, where the client has a secret. */
export async function hashParameters(
  target: SignInTarget,
  username: string,
): Promise<Record<string, string>> {
  if (target.clientSecret === undefined) return {};
  return { SECRET_HASH: await secretHash(username, target.clientId, target.clientSecret) };
}

/** SecretHash as a member of its own. */
export async function hashMember(target: SignInTarget, username: string): Promise<{ SecretHash?: string }> {
  const { SECRET_HASH } = await hashParameters(target, username);
  return SECRET_HASH === undefined ? {} : { SecretHash: SECRET_HASH };
}
