import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReceivedRequest } from "../../http/index.ts";
import { canonicalPath, canonicalQuery } from "./canonical-request.ts";
import { readCredential } from "./credential.ts";
import { checkSignature, signatureMismatch } from "./signature.ts";
import { SigningKeys } from "./signing-keys.ts";
import { presigned, SECRET, signed } from "./testing.ts";

const AT = Date.UTC(2026, 0, 15, 12, 34, 56);
const keys = new SigningKeys();

function check(request: ReceivedRequest, service: string, secret: string | undefined = SECRET) {
  const credential = readCredential(request, { service, acceptsRegion: () => true }, AT);
  return checkSignature(request, credential, secret, keys);
}

/** Whether the request is refused, by its form or by its signature. */
function isRefused(request: ReceivedRequest, service: string): boolean {
  try {
    return !check(request, service).matches;
  } catch {
    return true;
  }
}

function post(headers: Record<string, string>, body: string): ReceivedRequest {
  return {
    method: "POST",
    rawPath: "/",
    rawQuery: "",
    rawHeaders: Object.entries({ Host: "localhost:9229", "X-Amz-Date": "20260115T123456Z", ...headers }),
    body: Buffer.from(body),
  };
}

const scope = (service: string) => `20260115/us-east-1/${service}/aws4_request`;

describe("vectors made with botocore 1.43.11", () => {
  const body =
    '{"UserPoolId": "us-east-1_EXAMPLE01", "ClientId": "1example23456789example0123", "AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "jane@example.com", "PASSWORD": "Temp-Passw0rd!"}}';
  const target = {
    "X-Amz-Target": "AWSCognitoIdentityProviderService.AdminInitiateAuth",
    "Content-Type": "application/x-amz-json-1.1",
    "User-Agent": "aws-cli/1.45.11",
  };

  it("accepts a signed JSON call", () => {
    const result = check(
      post(
        {
          ...target,
          Authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope("cognito-idp")}, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=2034e870d9fa18104b05535082e4cdd51df3a7657072415bf18f26815a6d35e8`,
        },
        body,
      ),
      "cognito-idp",
    );
    expect(result.canonicalRequest.split("\n").at(-1)).toBe(
      "a01fb7d84c3c3628696b440c5e375f6bb208c3f90f246174fdf708f18042d91c",
    );
    expect(hash("sha256", result.canonicalRequest, "hex")).toBe(
      "893e85df38d333f0d02cf37035cf560044a4d9d45da88851ba23fa02f9a38a61",
    );
    expect(result.matches).toBe(true);
  });

  it("accepts a JSON call signed with temporary credentials", () => {
    const result = check(
      post(
        {
          ...target,
          "X-Amz-Security-Token": "session/token+value==",
          Authorization: `AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/${scope("cognito-idp")}, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=c4e265ec1a52e659aa1f28e2ae105b686f2412a8e6faa2e61804baa73832694f`,
        },
        body,
      ),
      "cognito-idp",
    );
    expect(hash("sha256", result.canonicalRequest, "hex")).toBe(
      "bc9510c72a64aaaef7bae900e47d6dc4695de4ec601219394c8a2abc3fe43c1b",
    );
    expect(result.matches).toBe(true);
  });

  it("accepts a signed query call", () => {
    const result = check(
      post(
        {
          "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
          Authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope("sts")}, SignedHeaders=content-type;host;x-amz-date, Signature=bfac825ffc55d807ad27ae5fcb832c6f7395cd2df6aa523d678dade7944e4c28`,
        },
        "Action=GetCallerIdentity&Version=2011-06-15",
      ),
      "sts",
    );
    expect(hash("sha256", result.canonicalRequest, "hex")).toBe(
      "911b91d430f2de9319a9cea0c4f15f7066c447e30a4e77edee13dcb50f243126",
    );
    expect(result.matches).toBe(true);
  });

  it("accepts a presigned GET", () => {
    const result = check(
      {
        method: "GET",
        rawPath: "/",
        rawQuery:
          "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20260115%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=20260115T123456Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=84d415a124b823ad4b37f2c19e003a4f260870c2c5ee221ae5326da3f64c022b",
        rawHeaders: [["Host", "localhost:9229"]],
        body: new Uint8Array(),
      },
      "sts",
    );
    expect(hash("sha256", result.canonicalRequest, "hex")).toBe(
      "37fd0c3c61bddfef583f8b32fe80330ce835ebab4e49ea4954b7deaaed24ba6f",
    );
    expect(result.matches).toBe(true);
  });

  it("derives the signing key of a day, region and service", () => {
    const key = keys.get("AKIDEXAMPLE", SECRET, "20260115", "us-east-1", "cognito-idp");
    expect(key.export().toString("hex")).toBe(
      "e2e27b97db1b77269c7c6c055d838c17dad4e049d1604fb0ec494f67486431b5",
    );
  });
});

describe("a signature check", () => {
  it("refuses the right signature of a key whose secret has changed", () => {
    const changing = new SigningKeys();
    const before = changing.get("AKIDEXAMPLE", "before", "20260115", "us-east-1", "sts");
    const after = changing.get("AKIDEXAMPLE", "after", "20260115", "us-east-1", "sts");
    expect(after.equals(before)).toBe(false);
  });

  it("refuses every signature of an unknown key", async () => {
    const request = await signed({ service: "sts", at: AT });
    expect(check(request, "sts", SECRET).matches).toBe(true);
    const credential = readCredential(request, { service: "sts", acceptsRegion: () => true }, AT);
    expect(checkSignature(request, credential, undefined, keys).matches).toBe(false);
  });

  it("refuses a signed UNSIGNED-PAYLOAD, which only Amazon S3 accepts", async () => {
    const request = await signed({
      service: "sts",
      at: AT,
      headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
      body: "Action=GetCallerIdentity",
    });
    expect(check(request, "sts").matches).toBe(false);
  });

  it("refuses a signature of the right length that is not ASCII", async () => {
    const request = await signed({ service: "sts", at: AT });
    const rawHeaders = request.rawHeaders.map(([name, value]): [string, string] => [
      name,
      value.replace(/Signature=.*/, `Signature=${"é".repeat(64)}`),
    ]);
    expect(check({ ...request, rawHeaders }, "sts").matches).toBe(false);
  });

  it("returns the canonical request only if the caller asks for it", () => {
    const result = { matches: false, canonicalRequest: "canonical", stringToSign: "to sign" };
    expect(signatureMismatch(result, false).message).toBe(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    );
    expect(signatureMismatch(result, true).message).toMatch(
      /details\.\n\nThe Canonical String for this request should have been\n'canonical'\n\nThe String-to-Sign should have been\n'to sign'\n$/,
    );
  });
});

describe("canonical form", () => {
  it.each([
    ["/", "/"],
    ["", "/"],
    ["/base/", "/base/"],
    ["/a//b/./c/../d", "/a/b/d"],
    ["/a%20b", "/a%2520b"],
    ["/..", "/"],
  ])("the path %s is signed as %s", (path, canonical) => expect(canonicalPath(path)).toBe(canonical));

  it.each([
    ["b=2&a=1", "a=1&b=2"],
    ["a=2&a=1", "a=1&a=2"],
    ["a", "a="],
    ["a=%7e%2f&b=x+y", "a=~%2F&b=x%20y"],
    ["a=1&X-Amz-Signature=0", "a=1"],
    ["A=1&a=1&B=1", "A=1&B=1&a=1"],
  ])("the query %s is signed as %s", (query, canonical) => expect(canonicalQuery(query)).toBe(canonical));
});

describe("requests signed by the AWS SDK for JavaScript", () => {
  const text = fc.string({ unit: "binary", maxLength: 20 });
  const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);
  const draft = fc.record({
    method: fc.constantFrom("GET", "POST", "PUT"),
    path: fc.constantFrom("/", "/base/", "/a/b%20c", "/a.b/~c"),
    query: fc.dictionary(fc.stringMatching(/^[a-wA-W][\w .~/+é]{0,8}$/), text, { maxKeys: 4 }),
    headers: fc.record({ "content-type": headerValue, "x-amz-target": headerValue }),
    body: fc.string({ maxLength: 200 }),
  });

  it("are accepted with any path, query, headers and body", async () => {
    await fc.assert(
      fc.asyncProperty(draft, async (parts) => {
        const request = await signed({ ...parts, service: "sts", at: AT });
        expect(check(request, "sts").matches).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("are accepted when presigned, with a session token", async () => {
    await fc.assert(
      fc.asyncProperty(draft, async (parts) => {
        const { body: _, ...rest } = parts;
        const request = await presigned({
          ...rest,
          service: "sts",
          at: AT,
          expiresIn: 60,
          sessionToken: "a/b+c==",
        });
        expect(check(request, "sts").matches).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  /** Replaces one character by another that means something else in every part of a request. */
  const changed = (whole: string, at: number) => {
    const index = at % whole.length;
    const other = whole[index] === "q" ? "z" : "q";
    return `${whole.slice(0, index)}${other}${whole.slice(index + 1)}`;
  };

  it("are refused after a change of any one byte of method, path, query, a signed header or the body", async () => {
    const part = fc.constantFrom("method", "path", "query", "header", "body");
    await fc.assert(
      fc.asyncProperty(draft, part, fc.nat(), fc.nat(), async (parts, target, at, which) => {
        const request = await signed({ ...parts, service: "sts", at: AT });
        const tampered: { -readonly [K in keyof ReceivedRequest]: ReceivedRequest[K] } = { ...request };
        if (target === "method") tampered.method = changed(request.method, at);
        if (target === "path") tampered.rawPath = `/${changed(`${request.rawPath.slice(1)}.`, at)}`;
        if (target === "query") tampered.rawQuery = changed(request.rawQuery || "a=b", at);
        if (target === "header") {
          const names = ["host", "content-type", "x-amz-target", "x-amz-date", "x-amz-content-sha256"];
          const name = names[which % names.length];
          tampered.rawHeaders = request.rawHeaders.map(([header, value]): [string, string] => [
            header,
            header === name ? changed(value, at) : value,
          ]);
        }
        if (target === "body") {
          const body = Buffer.from(request.body.length === 0 ? "a" : request.body);
          const index = at % body.length;
          body[index] = (body[index] ?? 0) ^ (1 + (which % 255));
          tampered.body = body;
        }
        expect(isRefused(tampered, "sts")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("are refused when any part of the credential or the signature changes", async () => {
    const request = await signed({ service: "sts", at: AT, sessionToken: "token" });
    const index = request.rawHeaders.findIndex(([name]) => name === "authorization");
    const authorization = request.rawHeaders[index]?.[1] ?? "";
    // The key id chooses the secret and is covered by that choice alone, so the change starts after it.
    const from = authorization.indexOf("/");
    for (let at = from; at < authorization.length; at++) {
      const rawHeaders = request.rawHeaders.with(index, ["authorization", changed(authorization, at)]);
      expect(isRefused({ ...request, rawHeaders }, "sts")).toBe(true);
    }
  });
});
