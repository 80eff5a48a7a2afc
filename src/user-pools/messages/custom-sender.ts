/**
 * Pools whose own functions send their messages: the function gets the code, encrypted, and nothing is sent otherwise.
 *
 * @see Developer Guide, "Custom sender Lambda triggers"
 */
import { encryptionSdkMessage } from "../../crypto/index.ts";
import { MEDIUM_OF_ADDRESS, type MessageOrder, type Messaging } from "./order.ts";

const SENDERS = {
  EMAIL: { name: "CustomEmailSender", type: "customEmailSenderRequestV1" },
  SMS: { name: "CustomSMSSender", type: "customSMSSenderRequestV1" },
} as const;

/**
 * Gives a message to the pool's custom sender. Its result is not waited for.
 *
 * @returns whether the pool has one for the medium
 */
export async function sentByFunction(context: Messaging, order: MessageOrder): Promise<boolean> {
  const { occasion, pool, user, clientId, to, secret } = order;
  const { name, type } = SENDERS[MEDIUM_OF_ADDRESS[to.attribute]];
  const source = `${name}_${occasion}` as const;
  if (!context.triggers.has(pool, source)) return false;
  await context.triggers.invoke(source, {
    pool,
    clientId,
    username: user.username,
    user,
    request: { type, code: secret === undefined ? null : await encrypted(context, order, secret) },
    requestContext: context.request,
  });
  return true;
}

function encrypted({ crypto }: Messaging, { occasion, pool }: MessageOrder, secret: string): Promise<string> {
  const keyArn = pool.settings.LambdaConfig?.KMSKeyID ?? "";
  // Developer Guide, "Custom email sender Lambda trigger": reserved characters of temporary passwords are escaped.
  const text = occasion === "AdminCreateUser" ? escaped(secret) : secret;
  return encryptionSdkMessage(text, keyArn, { "userpool-id": pool.id }, crypto.dataKeys);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
