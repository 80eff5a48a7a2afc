import { describe, expect, it } from "vitest";
import type { ReceivedRequest } from "../../http/index.ts";
import { readCredential } from "./credential.ts";
import { presigned, signed } from "./testing.ts";
import { WireError } from "./wire-error.ts";

const AT = Date.UTC(2026, 0, 15, 12, 34, 56);
const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

function read(request: ReceivedRequest, now = AT, service = "cognito-idp") {
  const acceptsRegion = (region: string) => region !== "c";
  return readCredential(request, { service, acceptsRegion }, now);
}

function fault(
  request: ReceivedRequest,
  now = AT,
  service = "cognito-idp",
): [string, string, number, string] {
  try {
    read(request, now, service);
  } catch (error) {
    if (error instanceof WireError) return [error.code, error.queryCode, error.queryStatus, error.message];
    throw error;
  }
  throw new Error("The credential was read.");
}

const GOOD = {
  Host: "localhost:9229",
  "X-Amz-Date": "20260115T123456Z",
  Authorization:
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00",
};

function request(headers: Record<string, string | undefined>, rawQuery = ""): ReceivedRequest {
  const rawHeaders = Object.entries({ ...GOOD, ...headers }).filter(
    (header): header is [string, string] => header[1] !== undefined,
  );
  return { method: "POST", rawPath: "/", rawQuery, rawHeaders, body: new Uint8Array() };
}

describe("the header form", () => {
  it("reads key id, region, date and signed headers", () => {
    expect(read(request({}))).toMatchObject({
      keyId: "AKIDEXAMPLE",
      region: "us-east-1",
      day: "20260115",
      date: "20260115T123456Z",
      signedHeaders: ["host", "x-amz-date"],
      signature: "00",
    });
  });

  it("accepts its parts in any order, separated by commas or spaces, and ignores a trailing slash", () => {
    const Authorization =
      "AWS4-HMAC-SHA256 Signature=00,  SignedHeaders=Host Credential=AKIDEXAMPLE/20260115/us-east-1/cognito-idp/aws4_request/";
    expect(read(request({ Authorization }))).toMatchObject({ keyId: "AKIDEXAMPLE", signedHeaders: ["host"] });
  });

  it("reads X-Amz-Date before Date, and a Date alone in either of its forms", () => {
    expect(read(request({ Date: "Thu, 15 Jan 2026 00:00:00 GMT" })).date).toBe("20260115T123456Z");
    const alone = { "X-Amz-Date": undefined };
    expect(read(request({ ...alone, Date: "Thu, 15 Jan 2026 12:34:50 GMT" })).date).toBe("20260115T123450Z");
    expect(read(request({ ...alone, Date: "20260115T123451Z" })).date).toBe("20260115T123451Z");
  });
});

describe("a header is rejected, with faults in the order in which they are reported, for", () => {
  const MISSING = ["MissingAuthenticationTokenException", "MissingAuthenticationToken", 403] as const;
  const INCOMPLETE = ["IncompleteSignatureException", "IncompleteSignature", 400] as const;
  const INVALID = ["InvalidSignatureException", "SignatureDoesNotMatch", 403] as const;

  it("no signature, or one of another scheme at other services", () => {
    const bare = request({ Authorization: undefined });
    expect(fault(bare)).toEqual([...MISSING, "Missing Authentication Token"]);
    expect(fault(bare, AT, "sts")).toEqual([...MISSING, "Request is missing Authentication Token"]);
    expect(fault(request({ Authorization: "Bearer eyJ" }), AT, "sts")).toEqual([
      ...MISSING,
      "Request is missing Authentication Token",
    ]);
  });

  it("every missing part of a header of another scheme, which Cognito reads as well", () => {
    expect(fault(request({ Authorization: "some-word", "X-Amz-Date": undefined }))).toEqual([
      ...INCOMPLETE,
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=2swFTh1wKiBZGmmedUO4NySgg7v5pJbzPDAY4Bbz8Ic=",
    ]);
  });

  it("header and query form together", () => {
    expect(fault(request({}, "X-Amz-Algorithm=AWS4-HMAC-SHA256"))).toEqual([
      ...INVALID,
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    ]);
  });

  it("every missing part of the header, in one message", () => {
    expect(fault(request({ Authorization: "AWS4-HMAC-SHA256 a=b", "X-Amz-Date": undefined }))).toEqual([
      ...INCOMPLETE,
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=tQMSUCqjFonXdxKG2efiX/o+qpOi15V3d11zOi3G62w=",
    ]);
  });

  it("a part without an equal sign, without repeating the header", () => {
    expect(fault(request({ Authorization: "AWS4-HMAC-SHA256 Credential" }))).toEqual([
      ...INCOMPLETE,
      "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): 'KfSoC26UaBDGXxo5AUFS45c1cmAbyLKDOxOTKcZYWt4='.",
    ]);
  });

  it("every missing part of the query string, in one message", () => {
    const bare = request({ Authorization: undefined }, "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=");
    expect(fault(bare)).toEqual([
      ...INCOMPLETE,
      "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
    ]);
  });

  it.each([
    "201",
    "20260115T123456",
    "2026-01-15T12:34:56Z",
    "20261315T123456Z",
    "20260115T126056Z",
    "20260115T123460Z",
    "Thu, 15 Jan 2026",
  ])("the unreadable date %s", (date) => {
    expect(fault(request({ "X-Amz-Date": date }))).toEqual([
      ...INCOMPLETE,
      `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    ]);
  });

  it("a date more than five minutes ago, and not one of five minutes ago", () => {
    expect(read(request({}), AT + 5 * MINUTES).keyId).toBe("AKIDEXAMPLE");
    expect(fault(request({}), AT + 5 * MINUTES + 1 * SECONDS)).toEqual([
      ...INVALID,
      "Signature expired: 20260115T123456Z is now earlier than 20260115T123457Z (20260115T123957Z - 5 min.)",
    ]);
  });

  it("a date more than five minutes ahead, and not one of five minutes ahead", () => {
    expect(read(request({}), AT - 5 * MINUTES).keyId).toBe("AKIDEXAMPLE");
    expect(fault(request({}), AT - 5 * MINUTES - 1 * SECONDS)).toEqual([
      ...INVALID,
      "Signature not yet current: 20260115T123456Z is still later than 20260115T123455Z (20260115T122955Z + 5 min.)",
    ]);
  });

  it("a host that is not signed", () => {
    const Authorization = GOOD.Authorization.replace("host;", "");
    expect(fault(request({ Authorization }))).toEqual([
      ...INVALID,
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ]);
  });

  it("an operation whose name is not signed, and no other unsigned header", () => {
    const unsigned = { "X-Amz-Target": "AWSCognitoIdentityProviderService.ListUsers" };
    expect(fault(request(unsigned))).toEqual([
      ...INVALID,
      "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.",
    ]);
    const Authorization = GOOD.Authorization.replace("x-amz-date", "x-amz-date;x-amz-target");
    expect(read(request({ ...unsigned, Authorization })).signedHeaders).toContain("x-amz-target");
    const byOthers = { "X-Amz-Cf-Id": "of a proxy", "X-Amz-Security-Token": "added after signing" };
    expect(read(request(byOthers)).sessionToken).toBe("added after signing");
  });

  it.each(["AWS4-HMAC-SHA25", "AWS4-ECDSA-P256-SHA256"])("the algorithm %s", (algorithm) => {
    const Authorization = GOOD.Authorization.replace("AWS4-HMAC-SHA256", algorithm);
    expect(fault(request({ Authorization }))).toEqual([
      ...INCOMPLETE,
      `Unsupported AWS 'algorithm': '${algorithm}' (only AWS4-HMAC-SHA256 for now). `,
    ]);
  });

  it.each(["a/b/c/d", "a/b/c/d/e/f", "/b/c/d/e", "a//c/d/e", "a/b//d/e", "a/b/c//e"])(
    "the credential %s, which has not five elements with text",
    (credential) => {
      const Authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`;
      expect(fault(request({ Authorization }))).toEqual([
        ...INCOMPLETE,
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
      ]);
    },
  );

  it("every wrong part of the scope, in one message", () => {
    const Authorization = "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=00";
    expect(fault(request({ Authorization }))).toEqual([
      ...INVALID,
      "Credential should be scoped to a valid region, not 'c'. Credential should be scoped to correct service: 'cognito-idp'. Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20260115', from '20260115T123456Z'.",
    ]);
  });
});

describe("the query form", () => {
  const draft = { method: "GET", service: "sts", at: AT, query: { Action: "GetCallerIdentity" } };

  it("is read with its session token", async () => {
    const credential = read(await presigned({ ...draft, expiresIn: 60, sessionToken: "a+b/c=" }), AT, "sts");
    expect(credential).toMatchObject({
      keyId: "AKIDEXAMPLE",
      sessionToken: "a+b/c=",
      signedHeaders: ["host"],
    });
  });

  it("is valid for X-Amz-Expires, and not more than five minutes before its date", async () => {
    const url = await presigned({ ...draft, expiresIn: 900 });
    expect(read(url, AT + 15 * MINUTES, "sts").keyId).toBe("AKIDEXAMPLE");
    expect(fault(url, AT + 15 * MINUTES + 1 * SECONDS, "sts")[3]).toBe(
      "Signature expired: 20260115T123456Z is now earlier than 20260115T123457Z (20260115T124957Z - 15 min.)",
    );
    expect(fault(url, AT - 5 * MINUTES - 1 * SECONDS, "sts")[3]).toMatch(/^Signature not yet current/);
  });

  it.each([
    ["0", "X-Amz-Expires must be non-negative"],
    ["x", "X-Amz-Expires should be a number"],
    ["604801", "X-Amz-Expires must be less than a week (in seconds) that is 604800"],
  ])("is refused with X-Amz-Expires=%s", async (expires, message) => {
    const url = await presigned({ ...draft, expiresIn: 900 });
    const rawQuery = url.rawQuery.replace("X-Amz-Expires=900", `X-Amz-Expires=${expires}`);
    expect(fault({ ...url, rawQuery }, AT, "sts")[3]).toBe(message);
  });

  it.each(["1", "604800"])("is accepted with X-Amz-Expires=%s", async (expires) => {
    const url = await presigned({ ...draft, expiresIn: Number(expires) });
    expect(read(url, AT + Number(expires) * SECONDS, "sts").keyId).toBe("AKIDEXAMPLE");
    expect(fault(url, AT + (Number(expires) + 1) * SECONDS, "sts")[3]).toMatch(/^Signature expired/);
  });

  it("does not change the time window of the header form", async () => {
    const call = await signed({ service: "sts", at: AT, query: { "X-Amz-Expires": "900" } });
    expect(fault(call, AT + 6 * MINUTES, "sts")[3]).toMatch(/^Signature expired/);
  });
});
