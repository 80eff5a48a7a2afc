/**
 * A Lambda API in which nothing can be relied on: the answers of its functions are right but for a fault or two in most of
 * them, and some are no answers at all.
 */
import { createServer, type ServerResponse } from "node:http";
import { listen } from "../support/listen.ts";
import { brokenJson, deeplyNested, mutatedJson } from "./mutate.ts";
import type { RandomSource } from "./random.ts";
import type { Body, Json } from "./world.ts";

export interface HostileFunctions {
  readonly endpoint: string;
  /** How often each trigger source was invoked. */
  readonly invocations: ReadonlyMap<string, number>;
  stop(): void;
}

const everyFunction = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [name, `arn:aws:lambda:us-east-1:123456789012:function:${name.toLowerCase()}`]),
  );

/** Every trigger of a pool but those that send its messages. */
export const EVERY_TRIGGER: Json = {
  ...everyFunction(["PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication"]),
  ...everyFunction(["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]),
  ...everyFunction(["UserMigration", "CustomMessage"]),
  InboundFederation: {
    LambdaVersion: "V1_0",
    LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:inbound",
  },
};

export const tokenFunction = (LambdaVersion: "V1_0" | "V2_0" | "V3_0"): Json => ({
  PreTokenGenerationConfig: {
    LambdaVersion,
    LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:claims",
  },
});

export const SENDERS: Json = {
  KMSKeyID: "arn:aws:kms:us-east-1:123456789012:key/senders",
  CustomEmailSender: {
    LambdaVersion: "V1_0",
    LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:email",
  },
  CustomSMSSender: {
    LambdaVersion: "V1_0",
    LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:sms",
  },
};

export async function startHostileFunctions(random: RandomSource): Promise<HostileFunctions> {
  const invocations = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const event: Body = JSON.parse(Buffer.concat(chunks).toString());
    invocations.set(event.triggerSource, (invocations.get(event.triggerSource) ?? 0) + 1);
    answer(response, event, random);
  });
  // A client that is gone is no error of this one.
  server.on("clientError", (_, socket) => socket.destroy());
  return {
    endpoint: `http://127.0.0.1:${await listen(server)}`,
    invocations,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const NO_ANSWERS: readonly ((response: ServerResponse, random: RandomSource) => void)[] = [
  (response, random) => response.end(brokenJson(random)),
  (response) => response.end(`"${"x".repeat(7_000_000)}"`),
  (response) => response.end(`{"response":${deeplyNested(200_000)}}`),
  (response, random) =>
    response
      .writeHead(200, { "x-amz-function-error": "Unhandled" })
      .end(
        random.pick([
          brokenJson(random),
          '{"errorMessage":{"toString":1},"errorType":[]}',
          '{"errorMessage":"No."}',
        ]),
      ),
  (response, random) =>
    response
      .writeHead(random.pick([302, 400, 403, 404, 429, 500, 503]), { location: "http://127.0.0.1:1/" })
      .end(random.pick(["", '{"Message":"No"}', "<html>", '{"__type":{"a":1}}'])),
  (response) => response.writeHead(200, { "content-length": "100" }).end('{"response":'),
  (response) => response.socket?.destroy(),
];

function answer(response: ServerResponse, event: Body, random: RandomSource): void {
  // It waits for the time that a function may take.
  if (random.chance(0.002)) return;
  const right = { ...event, response: rightResponse(event, random) };
  if (random.chance(0.12)) random.pickAny(NO_ANSWERS)?.(response, random);
  else response.end(JSON.stringify(random.chance(0.5) ? right : faulty(right, random)));
}

/** A fault in the response itself most of the time, and in members that no function may change. */
function faulty(right: Body, random: RandomSource): unknown {
  if (random.chance(0.75)) return { ...right, response: mutatedJson(right.response, random) };
  return random.chance(0.5)
    ? mutatedJson(right, random)
    : { ...right, userName: "somebody", userPoolId: "x", request: {} };
}

function rightResponse({ triggerSource, request, userName }: Body, random: RandomSource): Json {
  const [trigger] = String(triggerSource).split("_");
  switch (trigger) {
    case "PreSignUp":
      return {
        autoConfirmUser: random.chance(0.5),
        autoVerifyEmail: random.chance(0.3),
        autoVerifyPhone: false,
      };
    case "DefineAuthChallenge": {
      const last = request.session.at(-1);
      const isPassed = last?.challengeName === "CUSTOM_CHALLENGE" && last.challengeResult;
      return isPassed
        ? { issueTokens: true, failAuthentication: false }
        : {
            challengeName: "CUSTOM_CHALLENGE",
            issueTokens: false,
            failAuthentication: request.session.length > 3,
          };
    }
    case "CreateAuthChallenge":
      return {
        publicChallengeParameters: { hint: "?" },
        privateChallengeParameters: { answer: "42" },
        challengeMetadata: "m",
      };
    case "VerifyAuthChallengeResponse":
      return { answerCorrect: request.challengeAnswer === "42" };
    case "UserMigration":
      return {
        userAttributes: { email: `${userName}@example.com`, email_verified: "true", username: userName },
        finalUserStatus: "CONFIRMED",
        messageAction: random.pick(["SUPPRESS", "RESEND"]),
        desiredDeliveryMediums: ["EMAIL"],
        forceAliasCreation: random.chance(0.5),
        enableSMSMFA: random.chance(0.3),
      };
    case "CustomMessage":
      return {
        smsMessage: `SMS ${request.codeParameter}`,
        emailMessage: `Hello ${request.usernameParameter ?? ""} ${request.codeParameter}`,
        emailSubject: "Hello",
      };
    case "InboundFederation":
      return { userAttributesToMap: { email: "inbound@example.com", name: "Inbound" } };
    case "TokenGeneration":
      return tokenChanges();
    default:
      return {};
  }
}

/** Of all versions of the event: those of another one are ignored. */
function tokenChanges(): Json {
  const groupOverrideDetails = {
    groupsToOverride: ["g"],
    iamRolesToOverride: ["arn:aws:iam::123456789012:role/r"],
    preferredRole: "arn:aws:iam::123456789012:role/r",
  };
  const change = {
    claimsToAddOrOverride: { plan: "gold", nested: { a: [1, null] } },
    claimsToSuppress: ["email"],
    scopesToAdd: ["extra"],
    scopesToSuppress: ["phone"],
  };
  return {
    claimsOverrideDetails: {
      claimsToAddOrOverride: { plan: "gold" },
      claimsToSuppress: ["email"],
      groupOverrideDetails,
    },
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: change,
      accessTokenGeneration: change,
      groupOverrideDetails,
    },
  };
}
