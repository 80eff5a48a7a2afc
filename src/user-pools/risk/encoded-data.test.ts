import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readEncodedData } from "./encoded-data.ts";

const OWNER = { poolId: "us-east-1_Pool", clientId: "client" };
const CONTEXT = {
  DeviceId: "b2c7e8f0-0000-4000-8000-000000000000",
  UserAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0",
  ClientTimezone: "09:00",
  DeviceLanguage: "ja-JP",
};

function encode(
  payload: object,
  { version = "JS20171115", key = OWNER.clientId, tamper = (json: string) => json } = {},
) {
  const json = JSON.stringify(payload);
  const signature = createHmac("sha256", key).update(version).update(json).digest("base64");
  return Buffer.from(JSON.stringify({ payload: tamper(json), signature, version })).toString("base64");
}

const payload = (more: object = {}) => ({
  contextData: CONTEXT,
  username: "jane",
  userPoolId: OWNER.poolId,
  timestamp: "1767225600000",
  ...more,
});

describe("the device data of apps", () => {
  it.each(["JS20171115", "ANDROID20171114", "IOS20171114"])("is parsed in the version %s", (version) => {
    expect(readEncodedData(encode(payload(), { version }), OWNER)).toEqual({
      deviceId: CONTEXT.DeviceId,
      userAgent: CONTEXT.UserAgent,
      timezone: "09:00",
    });
  });

  it("is accepted without the id of a pool", () => {
    expect(readEncodedData(encode(payload({ userPoolId: "" })), OWNER)?.deviceId).toBe(CONTEXT.DeviceId);
  });

  it("is accepted without optional members, and truncated if members are too long", () => {
    expect(readEncodedData(encode({ userPoolId: OWNER.poolId }), OWNER)).toEqual({});
    const long = encode(payload({ contextData: { DeviceId: "x".repeat(1000), UserAgent: 5 } }));
    expect(readEncodedData(long, OWNER)).toEqual({ deviceId: "x".repeat(256) });
  });

  it.each([
    ["with a signature by another key", encode(payload(), { key: "other" })],
    ["with a changed payload", encode(payload(), { tamper: (json) => json.replace("jane", "john") })],
    ["of another pool", encode(payload({ userPoolId: "us-east-1_Other" }))],
    ["that is no base64 of JSON", "not device data"],
    ["that is JSON of another form", Buffer.from('["payload"]').toString("base64")],
    ["that is empty", ""],
  ])("is ignored %s", (_what, encoded) => {
    expect(readEncodedData(encoded, OWNER)).toBeUndefined();
  });
});
