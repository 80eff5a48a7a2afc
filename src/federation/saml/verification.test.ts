import { describe, expect, it } from "vitest";
import { encryptedXml } from "./fixtures/encrypted-xml.ts";
import { assertion, EXPECTED, openExchange, response } from "./fixtures/exchange.ts";
import { base64, signed } from "./fixtures/identity-provider.ts";
import { SamlRefusal } from "./refusal.ts";
import { verified } from "./verification.ts";
import type { Keys } from "./verified-message.ts";

const { idp, attacker, pool } = await openExchange();
const keys = { certificates: [idp.certificate] };
const groups = Array.from({ length: 1000 }, (_, index) => `g${index}`);
const verify = (xml: string, sourceIp = "192.0.2.1", by: Keys = keys) =>
  verified({ sourceIp }, "acceptResponse", base64(xml), by, EXPECTED);

describe("the thread that verifies messages", () => {
  it("gives what the assertion says, or why it is refused", async () => {
    const accepted = await verify(response(signed(assertion({ attributes: { groups } }), idp)));
    expect(accepted).toMatchObject({
      id: "_a1",
      nameId: { value: "Jane@example.com" },
      attributes: { groups },
    });
    const refused = verify(response(signed(assertion(), attacker)));
    await expect(refused).rejects.toThrow(new SamlRefusal("SAML Assertion signature is invalid. "));
    await expect(refused).rejects.toBeInstanceOf(SamlRefusal);
  });

  it("leaves the main thread to others while it verifies an expensive response", async () => {
    const expensive = response(signed(assertion({ attributes: { groups } }), attacker));
    const order: string[] = [];
    const other = new Promise<void>((resolve) => {
      setImmediate(() => {
        order.push("another request");
        resolve();
      });
    });
    await verify(expensive).catch(() => order.push("the response"));
    await other;
    expect(order).toEqual(["another request", "the response"]);
  });

  it("refuses a message if too many others wait, and verifies those that were accepted", async () => {
    const xml = response(signed(assertion(), idp));
    const outcomes = await Promise.allSettled(Array.from({ length: 70 }, () => verify(xml)));
    const refused = outcomes.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []));
    // One is verified and 64 wait.
    expect(refused).toEqual(Array(5).fill("Error: Too many messages are being verified. Try again later."));
  });

  it("verifies the message of another network next, and refuses a message of the one that has sent the most", async () => {
    const xml = response(signed(assertion(), idp));
    const order: string[] = [];
    const sent = (sourceIp: string) =>
      verify(xml, sourceIp).then(
        () => order.push(sourceIp),
        () => order.push(`${sourceIp} is refused`),
      );
    const ofOne = Array.from({ length: 65 }, () => sent("192.0.2.1"));
    await Promise.all([...ofOne, sent("198.51.100.1")]);
    expect(order.slice(0, 4)).toEqual(["192.0.2.1 is refused", "192.0.2.1", "192.0.2.1", "198.51.100.1"]);
  });

  it("verifies an ordinary message before the expensive ones that other networks sent", async () => {
    const ordinary = response(signed(assertion(), idp));
    const expensive = response(signed(assertion({ attributes: { groups } }), attacker));
    const order: string[] = [];
    const note = (what: string) => () => void order.push(what);
    const ofMany = [1, 2, 3].map((network) =>
      verify(expensive, `192.0.2.${network}`).then(note("expensive"), note("expensive")),
    );
    await Promise.all([...ofMany, verify(ordinary, "198.51.100.1").then(note("ordinary"))]);
    // The first was begun before the others came.
    expect(order).toEqual(["expensive", "ordinary", "expensive", "expensive"]);
  });

  it("verifies an ordinary message before expensive ones that are encrypted", async () => {
    const decryptionKey = pool.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const by = { ...keys, decryptionKey };
    const ordinary = response(signed(assertion(), idp));
    const attributes = { groups: groups.slice(0, 500) };
    const hidden = signed(assertion({ attributes }), attacker);
    const expensive = response(await encryptedXml("EncryptedAssertion", hidden, pool.certificate));
    const order: string[] = [];
    const note = (what: string) => () => void order.push(what);
    const ofMany = [1, 2, 3].map((network) =>
      verify(expensive, `192.0.2.${network}`, by).then(note("expensive"), note("expensive")),
    );
    await Promise.all([...ofMany, verify(ordinary, "198.51.100.1", by).then(note("ordinary"))]);
    expect(order).toEqual(["expensive", "ordinary", "expensive", "expensive"]);
  });
});
