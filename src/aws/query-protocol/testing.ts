import type { ReceivedRequest } from "../../http/index.ts";
import { ensureBootstrap, type IamEnvironment } from "../../iam/index.ts";
import { openTestIam, type TestIam } from "../../iam/testing.ts";
import { silentLog } from "../../log.ts";
import { type Callers, createCallers, strictTrust, type TrustSettings } from "../callers/index.ts";
import { WireError } from "../sigv4/index.ts";
import { type Draft, signed } from "../sigv4/testing.ts";
import { handleQueryRequest } from "./handler.ts";

/** An access key as a test holds it. */
export interface Keys {
  readonly keyId: string;
  readonly secret: string;
  readonly sessionToken?: string;
}

/** The caller, or the refusal. */
export type Outcome = Readonly<Record<"arn" | "code" | "message", string | undefined>>;

export const UNRECOGNIZED: Outcome = {
  arn: undefined,
  code: "UnrecognizedClientException",
  message: "The security token included in the request is invalid.",
};

/** A server's callers and its STS and IAM without a server, on a throw-away store and a clock that stands still. */
export interface TestCallers {
  readonly iam: TestIam;
  /** The bootstrap user's key. */
  readonly administrator: Keys;
  callersOf(trust: TrustSettings, environment?: IamEnvironment): Callers;
  /** A signed call to user pools. */
  poolCall(keys: Keys, draft?: Partial<Draft>): Promise<ReceivedRequest>;
  /** The result of a request for AdminGetUser on a pool. */
  calls(request: ReceivedRequest, trust?: TrustSettings, poolId?: string): Promise<Outcome>;
  /** Calls STS or IAM. @returns the text in the answer's elements, by name; of lists the first */
  query(
    service: "sts" | "iam",
    keys: Keys,
    fields: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, string>>>;
  /** Assumes the bootstrap role. */
  sessionOf(keys: Keys, fields?: Readonly<Record<string, string>>): Promise<Keys>;
}

export async function outcomeOf(attempt: Promise<{ arn: string }>): Promise<Outcome> {
  try {
    return { arn: (await attempt).arn, code: undefined, message: undefined };
  } catch (error) {
    if (error instanceof WireError) return { arn: undefined, code: error.code, message: error.message };
    throw error;
  }
}

/** @param at milliseconds since the epoch. The pool `us-east-1_Prod` has the tag `env=prod`. */
export async function openTestCallers(at: number): Promise<TestCallers> {
  const iam = await openTestIam(at);
  const { accessKey, roleArn } = await ensureBootstrap(iam);

  const callersOf: TestCallers["callersOf"] = (trust, environment = iam) =>
    createCallers({
      iam: environment,
      trust,
      tagsOfPool: async (poolId) => (poolId === "us-east-1_Prod" ? { env: "prod" } : undefined),
    });

  const query: TestCallers["query"] = async (service, keys, fields) => {
    const Version = service === "sts" ? "2011-06-15" : "2010-05-08";
    const body = new URLSearchParams({ Version, ...fields }).toString();
    const request = await signed({ service, at: iam.clock.now(), body, ...keys });
    const dependencies = { ...iam, callers: callersOf(strictTrust), log: silentLog, onCall: () => undefined };
    const answer = await handleQueryRequest(service, request, dependencies);
    const texts = [...answer.body.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].reverse();
    return Object.fromEntries(texts.map(([, name = "", text = ""]) => [name, text]));
  };

  return {
    iam,
    administrator: { keyId: accessKey?.id ?? "", secret: accessKey?.secret ?? "" },
    callersOf,
    query,
    poolCall: (keys, draft = {}) =>
      signed({ service: "cognito-idp", at: iam.clock.now(), body: "{}", ...keys, ...draft }),
    calls(request, trust = strictTrust, UserPoolId = "us-east-1_Ab") {
      const call = { operation: "AdminGetUser", input: { UserPoolId } } as const;
      return outcomeOf(callersOf(trust).authorizeUserPools(request, call));
    },
    async sessionOf(keys, fields = {}) {
      const assume = { Action: "AssumeRole", RoleArn: roleArn, RoleSessionName: "session", ...fields };
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = await query("sts", keys, assume);
      return { keyId: AccessKeyId, secret: SecretAccessKey, sessionToken: SessionToken };
    },
  };
}
