import { describe, expect, it } from "vitest";
import { stoppedClock } from "../clock.ts";
import { seededRandom } from "../random.ts";
import { openTestStore } from "../storage/testing.ts";
import { createDelivery, type DeliveryOptions } from "./delivery.ts";
import type { Message } from "./message.ts";

const clock = stoppedClock(1_767_225_600_000);
const email: Message = {
  poolId: "us-east-1_AbCdEfGhI",
  username: "jane",
  medium: "EMAIL",
  destination: "jane@example.com",
  subject: "Your temporary password",
  body: "Your temporary password is Secret-1",
  purpose: "AdminCreateUser",
};
const sms: Message = { ...email, medium: "SMS", destination: "+15551234567", subject: undefined };

async function deliveryWith(options: Partial<DeliveryOptions>) {
  const store = await openTestStore({ clock });
  const delivery = createDelivery({
    store,
    clock,
    random: seededRandom("inbox"),
    keepsInbox: true,
    mailFrom: "no-reply@cognate.example",
    ...options,
  });
  return { delivery, inbox: async () => (await store.inbox.list({}, { limit: 10 })).items };
}

describe("delivery", () => {
  it("keeps e-mail and SMS in the inbox, newest first, if no transport is configured", async () => {
    const { delivery, inbox } = await deliveryWith({});
    await delivery.send(email);
    clock.advance(1000);
    await delivery.send(sms);

    const { subject: _, ...withoutSubject } = sms;
    expect(await inbox()).toEqual([
      { ...withoutSubject, id: expect.any(String), sentAt: 1_767_225_601_000 },
      { ...email, id: expect.any(String), sentAt: 1_767_225_600_000 },
    ]);
  });

  it.each([email, sms])("fails for $medium if there is neither a transport nor an inbox", async (message) => {
    const { delivery, inbox } = await deliveryWith({ keepsInbox: false });
    await expect(delivery.send(message)).rejects.toMatchObject({
      name: "DeliveryFailed",
      isUnconfigured: true,
    });
    expect(await inbox()).toEqual([]);
  });

  it("sends e-mail to the mail server while SMS without a gateway stay in the inbox", async () => {
    const { delivery, inbox } = await deliveryWith({ smtpUrl: "smtp://127.0.0.1:1" });
    await expect(delivery.send(email)).rejects.toMatchObject({ isUnconfigured: false });
    await delivery.send(sms);
    expect((await inbox()).map(({ medium }) => medium)).toEqual(["SMS"]);
    await delivery.close();
  });

  it("does not put an SMS that the gateway refused into the inbox", async () => {
    const { delivery, inbox } = await deliveryWith({ smsGatewayUrl: "http://127.0.0.1:1/" });
    await expect(delivery.send(sms)).rejects.toMatchObject({ isUnconfigured: false });
    expect(await inbox()).toEqual([]);
  });
});
