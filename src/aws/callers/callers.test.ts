import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TestIam } from "../../iam/testing.ts";
import {
  type Keys,
  openTestCallers,
  outcomeOf,
  type TestCallers,
  UNRECOGNIZED,
} from "../query-protocol/testing.ts";
import { strictTrust, type TrustSettings } from "./settings.ts";

const AT = Date.UTC(2026, 0, 15, 12, 34, 56);
const ADMINISTRATOR = "arn:aws:iam::123456789012:user/cognate";

const devTrust: TrustSettings = {
  unknownKeys: "administrator",
  isOwnHost: (host) => host === "localhost:9229",
  isLocalOrigin: (origin) => origin === undefined || origin === "http://localhost:3000",
  explainsSignatures: true,
  acceptsLocalRegions: true,
};

let iam: TestIam;
let administrator: Keys;
let callersOf: TestCallers["callersOf"];
let poolCall: TestCallers["poolCall"];
let calls: TestCallers["calls"];
let query: TestCallers["query"];
let sessionOf: TestCallers["sessionOf"];

beforeEach(async () => {
  ({ iam, administrator, callersOf, poolCall, calls, query, sessionOf } = await openTestCallers(AT));
});

afterEach(() => iam.close());

describe("a known key", () => {
  it("identifies its user, and the region by its signature", async () => {
    const request = await poolCall(administrator, { region: "eu-west-3" });
    const caller = await callersOf(strictTrust).authorizeUserPools(request, {
      operation: "ListUserPools",
      input: {},
    });
    expect(caller).toMatchObject({ arn: ADMINISTRATOR, region: "eu-west-3", kind: "user" });
  });

  it("is rejected with a wrong signature in dev and in serve; only dev shows the canonical request", async () => {
    const wrong = await poolCall({ ...administrator, secret: "wrong" });
    const inServe = await calls(wrong);
    const inDev = await calls(wrong, devTrust);
    expect([inServe.code, inDev.code]).toEqual(["InvalidSignatureException", "InvalidSignatureException"]);
    expect(inServe.message).not.toContain("Canonical String");
    expect(inDev.message).toContain("The Canonical String for this request should have been\n'POST\n/\n");
  });

  it("is rejected in dev and in serve when it is inactive or deleted", async () => {
    const request = await poolCall(administrator);
    await iam.directory.change(({ accessKeys }) =>
      accessKeys.update(administrator.keyId, (key) => ({ ...key, status: "Inactive" })),
    );
    expect(await calls(request, devTrust)).toEqual(UNRECOGNIZED);
    await iam.directory.change(({ accessKeys }) => accessKeys.delete(administrator.keyId));
    expect(await calls(request, devTrust)).toEqual(UNRECOGNIZED);
  });

  it("is rejected with a session token, because only temporary keys have one", async () => {
    expect(await calls(await poolCall({ ...administrator, sessionToken: "token" }), devTrust)).toEqual(
      UNRECOGNIZED,
    );
  });

  it("is rejected with a malformed region in its scope", async () => {
    expect(await calls(await poolCall(administrator, { region: "mars" }))).toMatchObject({
      code: "InvalidSignatureException",
      message: "Credential should be scoped to a valid region, not 'mars'. ",
    });
  });

  it("has its last use recorded, again only after 15 minutes", async () => {
    const noted = async () => (await iam.store.iam.accessKeys.get(administrator.keyId))?.lastUsed?.at;
    await calls(await poolCall(administrator));
    expect(await noted()).toBe(AT);
    iam.clock.advance(60_000);
    await calls(await poolCall(administrator));
    expect(await noted()).toBe(AT);
    iam.clock.advance(15 * 60_000);
    await calls(await poolCall(administrator));
    expect(await noted()).toBe(AT + 16 * 60_000);
  });
});

describe("an access key of a seed file", () => {
  it("stays rejected in dev after it was deleted", async () => {
    const seeded = { keyId: "AKIAEXAMPLEEXAMPLE00", secret: "seeded" };
    await iam.directory.change(({ accessKeys }) =>
      accessKeys.insert({
        accountId: iam.accountId,
        userName: "cognate",
        id: seeded.keyId,
        secret: seeded.secret,
        status: "Active",
        createdAt: AT,
      }),
    );
    expect((await calls(await poolCall(seeded), devTrust)).code).toBeUndefined();
    const remove = { Action: "DeleteAccessKey", UserName: "cognate", AccessKeyId: seeded.keyId };
    expect((await query("iam", administrator, remove)).Code).toBeUndefined();
    expect(await calls(await poolCall(seeded), devTrust)).toEqual(UNRECOGNIZED);
  });
});

describe("an unknown access key", () => {
  const unknownKey = { keyId: "AKIAIOSFODNN7EXAMPLE", secret: "anything" };

  it("is rejected in serve", async () =>
    expect(await calls(await poolCall(unknownKey))).toEqual(UNRECOGNIZED));

  it("acts as the account's administrator in dev, with any form of key and any token", async () => {
    expect((await calls(await poolCall(unknownKey), devTrust)).arn).toBe(ADMINISTRATOR);
    expect((await calls(await poolCall({ ...unknownKey, keyId: "test" }), devTrust)).arn).toBe(ADMINISTRATOR);
    const withToken = {
      ...unknownKey,
      keyId: "ASIAEXAMPLE",
      sessionToken: "IQoJb3JpZ2luX2Vj/realAwsToken==",
    };
    expect((await calls(await poolCall(withToken), devTrust)).arn).toBe(ADMINISTRATOR);
  });

  it("has the administrator's id, so that it can assume roles that trust the administrator", async () => {
    const { caller } = await callersOf(devTrust).authenticate(
      await poolCall(unknownKey, { service: "sts" }),
      "sts",
    );
    expect(caller.uniqueId).toBe((await iam.store.iam.users.get(iam.accountId, "cognate"))?.uniqueId);
  });

  it("acts as the administrator even after that user lost its policies", async () => {
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({ ...user, attachedPolicyArns: [] })),
    );
    expect((await calls(await poolCall(unknownKey), devTrust)).arn).toBe(ADMINISTRATOR);
    expect((await calls(await poolCall(administrator), devTrust)).code).toBe("AccessDeniedException");
  });

  it.each([
    ["the request is from a page of another site", { headers: { origin: "https://evil.example" } }],
    ["the request is from a page without an origin", { headers: { origin: "null" } }],
    ["the Host header does not name this server", { headers: { host: "evil.example:9229" } }],
    ["it is a GET, which an image of any page can send without an origin", { method: "GET" }],
  ])("is refused in dev when %s", async (_, draft) =>
    expect(await calls(await poolCall(unknownKey, draft), devTrust)).toEqual(UNRECOGNIZED),
  );

  it("is accepted from a web page on this machine", async () => {
    const request = await poolCall(unknownKey, { headers: { origin: "http://localhost:3000" } });
    expect((await calls(request, devTrust)).arn).toBe(ADMINISTRATOR);
  });

  it("is not looked up in the store when its form is invalid", async () => {
    const asked = vi.spyOn(iam.store.iam.accessKeys, "get");
    for (const keyId of ["test", "te\0st"]) {
      const request = await poolCall({ ...unknownKey, keyId });
      expect((await calls(request, devTrust)).arn).toBe(ADMINISTRATOR);
    }
    expect(asked.mock.calls).toEqual([["test"]]);
  });

  it("must still be signed for the right service and with a current date", async () => {
    expect((await calls(await poolCall(unknownKey, { service: "sts" }), devTrust)).code).toBe(
      "InvalidSignatureException",
    );
    const request = await poolCall(unknownKey);
    iam.clock.advance(6 * 60_000);
    expect((await calls(request, devTrust)).message).toMatch(/^Signature expired/);
  });
});

describe("temporary credentials", () => {
  it("of a role have the role's permissions and no others", async () => {
    const session = await sessionOf(administrator);
    expect(session.keyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect((await calls(await poolCall(session))).arn).toBe(
      "arn:aws:sts::123456789012:assumed-role/cognate-power-user/session",
    );
    expect(await query("iam", session, { Action: "CreateUser", UserName: "x" })).toMatchObject({
      Code: "AccessDenied",
      Message:
        "User: arn:aws:sts::123456789012:assumed-role/cognate-power-user/session is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/x because no identity-based policy allows the iam:CreateUser action",
    });
  });

  it("expire at their expiration time", async () => {
    const session = await sessionOf(administrator, { DurationSeconds: "900" });
    iam.clock.advance(900_000 - 1000);
    expect((await calls(await poolCall(session))).code).toBeUndefined();
    iam.clock.advance(1000);
    expect(await calls(await poolCall(session), devTrust)).toEqual({
      arn: undefined,
      code: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
  });

  it("are rejected without their token, with another token, with a changed one, and with one of another server", async () => {
    const [one, other] = [await sessionOf(administrator), await sessionOf(administrator)];
    const { sessionToken = "", ...withoutToken } = one;
    expect(await calls(await poolCall(withoutToken), devTrust)).toEqual(UNRECOGNIZED);
    const swapped = { ...one, sessionToken: other.sessionToken ?? "" };
    expect(await calls(await poolCall(swapped), devTrust)).toEqual(UNRECOGNIZED);
    const middle = Math.floor(sessionToken.length / 2);
    const flipped = sessionToken[middle] === "A" ? "B" : "A";
    const altered = sessionToken.slice(0, middle) + flipped + sessionToken.slice(middle + 1);
    expect(await calls(await poolCall({ ...one, sessionToken: altered }), devTrust)).toEqual(UNRECOGNIZED);

    const elsewhere = { ...iam, sealer: { seal: iam.sealer.seal, open: () => undefined } };
    const there = callersOf(devTrust, elsewhere).authenticate(await poolCall(one), "cognito-idp");
    expect(await outcomeOf(there.then(({ caller }) => caller))).toEqual(UNRECOGNIZED);
  });

  it("are rejected with a wrong secret", async () => {
    const session = await sessionOf(administrator);
    expect((await calls(await poolCall({ ...session, secret: "wrong" }), devTrust)).code).toBe(
      "InvalidSignatureException",
    );
  });

  it("stop working when their role is deleted, also after a new role takes its name", async () => {
    const session = await sessionOf(administrator);
    await iam.directory.change(async ({ roles }) => {
      const role = await roles.get(iam.accountId, "cognate-power-user");
      await roles.delete(iam.accountId, "cognate-power-user");
      if (role) await roles.insert({ ...role, uniqueId: "AROANEW" });
    });
    expect(await calls(await poolCall(session), devTrust)).toEqual(UNRECOGNIZED);
  });

  it("of GetSessionToken act as the user, but cannot call IAM, nor STS beyond AssumeRole and GetCallerIdentity", async () => {
    const answer = await query("sts", administrator, { Action: "GetSessionToken" });
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer;
    const session = { keyId: AccessKeyId, secret: SecretAccessKey, sessionToken: SessionToken };
    expect(answer.Expiration).toBe("2026-01-16T00:34:56Z");
    expect((await calls(await poolCall(session))).arn).toBe(ADMINISTRATOR);
    expect(await query("iam", session, { Action: "ListUsers" })).toMatchObject({
      Code: "InvalidClientTokenId",
      Message: "The security token included in the request is invalid.",
    });
    expect(await query("sts", session, { Action: "GetCallerIdentity" })).toMatchObject({
      Arn: ADMINISTRATOR,
    });
    for (const fields of [{ Action: "GetSessionToken" }, { Action: "GetAccessKeyInfo", AccessKeyId }]) {
      expect(await query("sts", session, fields)).toMatchObject({
        Code: "AccessDenied",
        Message: `Cannot call ${fields.Action} with session credentials`,
      });
    }
  });
});
