import { CodeDeliveryFailureException } from "../../api-model/index.ts";
import { DeliveryFailed, type Message } from "../../delivery/index.ts";
import type { Environment } from "../environment.ts";

export type Delivering = Pick<Environment, "delivery" | "log">;

/**
 * Hands messages over, each whether or not another failed.
 *
 * @throws CodeDeliveryFailureException one was not taken
 */
export async function deliver({ delivery, log }: Delivering, messages: readonly Message[]): Promise<void> {
  const failures: CodeDeliveryFailureException[] = [];
  for (const message of messages) {
    try {
      await delivery.send(message);
    } catch (error) {
      if (!(error instanceof DeliveryFailed)) throw error;
      const { poolId, medium, purpose } = message;
      log.warn(
        { poolId, medium, purpose, reason: error.message, cause: causeOf(error) },
        "A message was not delivered",
      );
      failures.push(asCodeDeliveryFailure(error, message));
    }
  }
  const [failure] = failures;
  if (failure) throw failure;
}

/** Cognito's text for a pool without SMS configuration (aws-amplify/amplify-js#166); the other one is ours. */
function asCodeDeliveryFailure(error: DeliveryFailed, { medium }: Message): CodeDeliveryFailureException {
  const message =
    error.isUnconfigured && medium === "SMS"
      ? "Invalid phone number provided/Unable to send the message. User pool does not have SMS configuration to send messages."
      : "Unable to send the message.";
  return new CodeDeliveryFailureException(message, { cause: error });
}

function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? error.cause.message : undefined;
}
