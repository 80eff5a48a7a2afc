import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import type { Store } from "../storage/index.ts";
import { inboxDelivery } from "./inbox.ts";
import { DeliveryFailed, type MessageDelivery } from "./message.ts";
import { smsGatewayDelivery } from "./sms-gateway.ts";
import { type ClosableDelivery, smtpDelivery } from "./smtp.ts";

export interface DeliveryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether what nothing else is set up for goes into the inbox: `dev`. */
  readonly keepsInbox: boolean;
  readonly smtpUrl?: string | undefined;
  readonly mailFrom: string;
  readonly smsGatewayUrl?: string | undefined;
  readonly smsGatewaySecret?: string | undefined;
}

/** Delivery as the settings say, each medium by itself; a medium that nothing is set up for fails. */
export function createDelivery(options: DeliveryOptions): ClosableDelivery {
  const { store, clock, random, smtpUrl, mailFrom, smsGatewayUrl, smsGatewaySecret } = options;
  const otherwise = options.keepsInbox ? inboxDelivery({ inbox: store.inbox, clock, random }) : nothing;
  const smtp = smtpUrl === undefined ? undefined : smtpDelivery({ url: smtpUrl, from: mailFrom });
  const gateway =
    smsGatewayUrl === undefined
      ? undefined
      : smsGatewayDelivery({ url: smsGatewayUrl, secret: smsGatewaySecret, clock });
  const byMedium = { EMAIL: smtp ?? otherwise, SMS: gateway ?? otherwise };
  return {
    send: (message) => byMedium[message.medium].send(message),
    close: async () => smtp?.close(),
  };
}

const nothing: MessageDelivery = {
  async send({ medium }) {
    throw new DeliveryFailed(`Nothing is set up that could send ${medium === "SMS" ? "an SMS" : "e-mail"}.`, {
      isUnconfigured: true,
    });
  },
};
