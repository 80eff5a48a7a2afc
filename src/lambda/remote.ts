import type { LambdaClient } from "@aws-sdk/client-lambda";
import {
  type Invocation,
  type InvocationOutcome,
  MAX_PAYLOAD_BYTES,
  PAYLOAD_TOO_LARGE,
  TIMEOUT_MILLISECONDS,
} from "./outcome.ts";

/** Functions behind a Lambda API. */
export interface RemoteFunctions {
  invoke(invocation: Invocation): Promise<InvocationOutcome>;
  close(): void;
}

/** Credentials for emulators of Lambda, which do not check them. */
const EMULATOR_CREDENTIALS = { accessKeyId: "cognate", secretAccessKey: "cognate" };

/**
 * Functions behind the Invoke API of AWS or of an emulator (SAM local, LocalStack, the runtime interface emulator).
 *
 * The endpoint of AWS is given explicitly, because the SDK would else take it from the environment or a profile, which can name
 * this server.
 *
 * @param endpoint a URL, or `aws` for AWS by the usual credential chain
 */
export function createRemoteFunctions(endpoint: string): RemoteFunctions {
  const clients = new Map<string, Promise<LambdaClient>>();

  const clientOf = (region: string): Promise<LambdaClient> => {
    const known = clients.get(region);
    if (known) return known;
    // Loaded with the first function that is there: few servers have one, and the SDK takes a while.
    const client = import("./lambda-sdk.ts").then(
      ({ LambdaClient }) =>
        new LambdaClient({
          region,
          maxAttempts: 1,
          ...(endpoint === "aws"
            ? { endpoint: `https://lambda.${region}.amazonaws.com` }
            : { endpoint, credentials: EMULATOR_CREDENTIALS }),
        }),
    );
    clients.set(region, client);
    return client;
  };

  return {
    async invoke({ arn, event, isAsynchronous }) {
      const [, , , region = "", , , name, version] = arn.split(":");
      const abortSignal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
      try {
        const [client, { InvokeCommand }] = await Promise.all([clientOf(region), import("./lambda-sdk.ts")]);
        const command = new InvokeCommand({
          // Emulators know functions by name.
          FunctionName: endpoint === "aws" ? arn : name,
          ...(version === undefined ? {} : { Qualifier: version }),
          InvocationType: isAsynchronous ? "Event" : "RequestResponse",
          Payload: Buffer.from(event),
        });
        // The SDK heeds the signal once it has credentials, which it may wait for.
        const { Payload, FunctionError } = await Promise.race([
          client.send(command, { abortSignal }),
          rejectionAtAbort(abortSignal),
        ]);
        // AWS sends none that is larger, other Lambda APIs may.
        if ((Payload?.length ?? 0) > MAX_PAYLOAD_BYTES) return PAYLOAD_TOO_LARGE;
        const payload = Buffer.from(Payload ?? []).toString();
        return FunctionError === undefined ? { kind: "answered", payload } : failure(payload);
      } catch (error) {
        // Also where the SDK says that the answer was cut off.
        if (abortSignal.aborted) return { kind: "timed out" };
        const { name = "Error", message = "" } = error as { name?: string; message?: string };
        return { kind: "not invoked", reason: name, detail: message };
      }
    },
    close() {
      for (const client of clients.values()) void client.then((one) => one.destroy());
    },
  };
}

function rejectionAtAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

/** An error as Lambda returns it: `{"errorType", "errorMessage", "trace"}`. */
function failure(payload: string): InvocationOutcome {
  let told: { errorType?: unknown; errorMessage?: unknown } = {};
  try {
    told = (JSON.parse(payload) ?? {}) as typeof told;
  } catch {
    // Not Lambda's form: the text itself is all there is to say.
  }
  const { errorType = "Error", errorMessage = payload } = told;
  return { kind: "failed", errorType: String(errorType), errorMessage: String(errorMessage) };
}
