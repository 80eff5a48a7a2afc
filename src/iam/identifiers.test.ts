import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import {
  isGeneratedHere,
  newAccessKeyId,
  newSecretAccessKey,
  newUniqueId,
  parseIamArn,
  providerOfArn,
  roleSessionArn,
} from "./identifiers.ts";

const random = seededRandom("identifiers");

describe("identifiers", () => {
  it("have the format of AWS identifiers", () => {
    expect(newAccessKeyId("AKIA", random)).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(newSecretAccessKey(random)).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(newUniqueId("AROA", random)).toMatch(/^AROA[A-Z2-7]{17}$/);
  });

  it("distinguish access key ids that this program generated", () => {
    for (let i = 0; i < 100; i++) {
      expect(isGeneratedHere(newAccessKeyId("AKIA", random))).toBe(true);
      expect(isGeneratedHere(newAccessKeyId("ASIA", random))).toBe(true);
    }
    for (const id of ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "test", "AKIAI44QH8DHBEXAMPLE"]) {
      expect(isGeneratedHere(id)).toBe(false);
    }
    const minted = newAccessKeyId("AKIA", random);
    expect(isGeneratedHere(minted.replace("AKIA", "ASIA"))).toBe(false);
  });
});

describe("ARNs", () => {
  it.each([
    ["arn:aws:iam::123456789012:user/alice", { kind: "user", path: "/", name: "alice" }],
    ["arn:aws:iam::123456789012:role/team/x/dev", { kind: "role", path: "/team/x/", name: "dev" }],
    ["arn:aws:iam::aws:policy/AdministratorAccess", { kind: "policy", path: "/", accountId: "aws" }],
  ])("parses %s", (arn, parts) => expect(parseIamArn(arn)).toMatchObject(parts));

  it.each(["arn:aws:iam::123456789012:root", "arn:aws:sts::123456789012:assumed-role/dev/s", "dev", ""])(
    "%s is not parsed as a user, role or policy",
    (arn) => expect(parseIamArn(arn)).toBeUndefined(),
  );

  it("keep the slashes and port of a provider's issuer URL", () => {
    const arn = "arn:aws:iam::123456789012:oidc-provider/127.0.0.1:9229/us-east-1_Ab";
    expect(providerOfArn(arn, "123456789012")).toBe("127.0.0.1:9229/us-east-1_Ab");
    expect(providerOfArn(arn, "210987654321")).toBeUndefined();
  });

  it("omit the role's path for role sessions", () =>
    expect(roleSessionArn("123456789012", "dev", "s")).toBe("arn:aws:sts::123456789012:assumed-role/dev/s"));
});
