import { describe, expect, it } from "vitest";
import { describeUserAgent } from "./user-agent.ts";

describe("the description of a User-Agent", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
      "Chrome 120, Windows 10",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1",
      "Safari 17, iOS 17",
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 16 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16 Safari/604.1",
      "Safari 16, iOS 16",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0.1 Safari/605.1.15",
      "Safari 17, Mac OS X 10",
    ],
    [
      "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/121.0.0.0 Safari/537.36",
      "Chrome 121, Chrome OS 14541",
    ],
    ["aws-cli/2.1 md/Linux", "aws-cli 2, Linux"],
  ])("names the browser and the system of %s", (userAgent, name) =>
    expect(describeUserAgent(userAgent)?.name).toBe(name),
  );

  it("leaves out versions in the family, because browsers update themselves", () =>
    expect(describeUserAgent("Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")?.family).toBe(
      "Firefox, Windows",
    ));

  it.each([undefined, "", "curl"])("is undefined for %j", (userAgent) =>
    expect(describeUserAgent(userAgent)).toBeUndefined(),
  );

  it.each(["Version/", "CPU OS "])(
    "reads the first 512 characters only, so that long digits after %s cost nothing",
    (start) => {
      const digits = "1".repeat(1_000_000);
      expect(describeUserAgent(`${start}${digits}`)).toBeUndefined();
      expect(describeUserAgent(`${start}${digits} Firefox/130.0`)).toBeUndefined();
    },
  );
});
