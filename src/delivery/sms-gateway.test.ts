import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { stoppedClock } from "../clock.ts";
import { DeliveryFailed, type Message } from "./message.ts";
import { SIGNATURE_HEADER, smsGatewayDelivery } from "./sms-gateway.ts";

const message: Message = {
  poolId: "us-east-1_AbCdEfGhI",
  username: "jane",
  medium: "SMS",
  destination: "+15551234567",
  body: "Your authentication code is 123456.",
  purpose: "AdminCreateUser",
};

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function gateway(status: number | undefined, headers: Record<string, string> = {}) {
  const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      if (status !== undefined) response.writeHead(status, headers).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms` };
}

const clock = stoppedClock(1_767_225_600_999);

describe("SMS by a gateway", () => {
  it("posts the message as JSON, with a signature of message and time", async () => {
    const { requests, url } = await gateway(202);
    await smsGatewayDelivery({ url, secret: "shared secret", clock }).send(message);

    const [request] = requests;
    expect(JSON.parse(request?.body ?? "")).toEqual({
      userPoolId: "us-east-1_AbCdEfGhI",
      username: "jane",
      phoneNumber: "+15551234567",
      message: "Your authentication code is 123456.",
      purpose: "AdminCreateUser",
    });
    const digest = createHmac("sha256", "shared secret").update(`1767225600.${request?.body}`).digest("hex");
    expect(request?.headers[SIGNATURE_HEADER]).toBe(`t=1767225600,v1=${digest}`);
    expect(request?.headers["content-type"]).toBe("application/json; charset=utf-8");
  });

  it("posts without a signature when there is no secret", async () => {
    const { requests, url } = await gateway(200);
    await smsGatewayDelivery({ url, clock }).send(message);
    expect(requests[0]?.headers).not.toHaveProperty(SIGNATURE_HEADER);
  });

  it.each([400, 404, 500, 503])("reports a failed delivery if the gateway answers %i", async (status) => {
    const { url } = await gateway(status);
    await expect(smsGatewayDelivery({ url, clock }).send(message)).rejects.toThrow(
      new DeliveryFailed(`The SMS gateway answered with status ${status}.`),
    );
  });

  it("does not follow a redirect, so that the message reaches no other host", async () => {
    const elsewhere = await gateway(200);
    const { url } = await gateway(307, { location: elsewhere.url });
    await expect(smsGatewayDelivery({ url, clock }).send(message)).rejects.toThrow(DeliveryFailed);
    expect(elsewhere.requests).toEqual([]);
  });

  it("fails if the gateway is unreachable or never answers", async () => {
    const silent = await gateway(undefined);
    const send = (url: string) => smsGatewayDelivery({ url, clock, timeoutMilliseconds: 50 }).send(message);
    await expect(send(silent.url)).rejects.toThrow("The SMS gateway did not answer.");
    await expect(send("http://127.0.0.1:1/sms")).rejects.toThrow("The SMS gateway did not answer.");
  });
});
