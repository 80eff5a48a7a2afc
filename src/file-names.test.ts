import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { operationNames } from "./api-model/index.ts";
import { iamModel, stsModel } from "./iam/index.ts";
import { challenges } from "./user-pools/sign-in/challenges/index.ts";

const filesUnder = (folder: string): ReadonlySet<string> =>
  new Set(
    readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: "utf8" }).map((path) =>
      basename(path),
    ),
  );

/** `CreateOpenIDConnectProvider` → `create-open-id-connect-provider.ts`; `SMS_OTP` → `sms-otp.ts` */
const fileOf = (name: string): string =>
  `${name
    .replace(/_/g, "-")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase()}.ts`;

describe("the file of a name on the wire", () => {
  it.each([
    ["operation of user pools", operationNames(), "./user-pools/operations/"],
    ["operation of IAM", iamModel.operationNames, "./iam/operations/"],
    ["operation of STS", stsModel.operationNames, "./iam/sts/"],
    ["challenge", Object.keys(challenges), "./user-pools/sign-in/challenges/"],
  ])("is named after it, for every %s", (_, names, folder) => {
    const files = filesUnder(folder);
    expect(names.map(fileOf).filter((file) => !files.has(file))).toEqual([]);
  });
});
