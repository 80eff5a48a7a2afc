import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import type { Repositories } from "../storage/index.ts";
import type { MessageDelivery } from "./message.ts";

/** Keeps messages where a developer reads them, instead of sending them. */
export function inboxDelivery({
  inbox,
  clock,
  random,
}: {
  inbox: Repositories["inbox"];
  clock: Clock;
  random: Random;
}): MessageDelivery {
  return {
    async send({ poolId, username, medium, destination, subject, body, purpose, code, link }) {
      await inbox.insert({
        id: random.uuid(),
        poolId,
        username,
        medium,
        destination,
        subject,
        body,
        purpose,
        code,
        link,
        sentAt: clock.now(),
      });
    },
  };
}
