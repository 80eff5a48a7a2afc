/** What an attacker tries with tokens, codes, header fields and names, at a server as clients see it. */
import { createHmac, createPublicKey } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import {
  AdminInitiateAuthCommand,
  CreateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import {
  authorize,
  claimsOf,
  client,
  confidential,
  exchange,
  poolId,
  server,
  startCodeFlow,
  tokens,
  userInfo,
} from "../oauth/code-flow.ts";
import { PASSWORD } from "../oauth/scene.ts";
import { callOnWire, parsed } from "../recorded-answers/wire.ts";

startCodeFlow();

const AT_ONCE = 100;

/** Sends the same request a hundred times at once. @returns how often each status came */
async function statuses(request: () => Promise<{ status: number }>): Promise<Record<string, number>> {
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, request));
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe("a hundred parallel requests", () => {
  it("redeem a code once at most", async () => {
    const code = (await authorize({ scope: "openid" })).get("code");
    const { 200: redeemed = 0, ...others } = await statuses(() => exchange(code));
    expect(redeemed).toBeLessThanOrEqual(1);
    expect(Object.keys(others)).toEqual(["400"]);
  });

  it("use a rotating refresh token once at most", async () => {
    const { UserPoolClient } = await server.cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientName: "rotating",
        ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
      }),
    );
    const ClientId = UserPoolClient?.ClientId ?? "";
    const { AuthenticationResult } = await server.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: poolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "alice", PASSWORD },
      }),
    );
    const RefreshToken = AuthenticationResult?.RefreshToken ?? "";
    const { 200: used = 0, ...others } = await statuses(() =>
      callOnWire(server.url, "GetTokensFromRefreshToken", { ClientId, RefreshToken }),
    );
    expect(used).toBeLessThanOrEqual(1);
    expect(Object.keys(others)).toEqual(["400"]);
  });
});

describe("a code", () => {
  it("cannot be redeemed by another client, also not with the other client's secret", async () => {
    const code = (await authorize({ scope: "openid" })).get("code");
    const { client_id, client_secret = "" } = confidential;
    expect(await exchange(code, { client_id, client_secret })).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
  });
});

describe("a forged token", () => {
  let access: string;
  let id: string;
  let publicKey: string;
  beforeAll(async () => {
    ({ access_token: access, id_token: id } = await tokens("openid aws.cognito.signin.user.admin"));
    const jwks = (await (await fetch(`${server.url}/${poolId}/.well-known/jwks.json`)).json()) as {
      keys: JsonWebKey[];
    };
    publicKey = createPublicKey({ key: jwks.keys[0] as never, format: "jwk" })
      .export({ type: "spki", format: "pem" })
      .toString();
  });
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = () => JSON.parse(Buffer.from(access.split(".")[0] ?? "", "base64url").toString());
  const forgeries: Readonly<Record<string, () => string>> = {
    "without a signature (alg none)": () =>
      `${encoded({ ...header(), alg: "none" })}.${access.split(".")[1]}.`,
    "signed by HS256 with the public key": () => {
      const content = `${encoded({ ...header(), alg: "HS256" })}.${access.split(".")[1]}`;
      return `${content}.${createHmac("sha256", publicKey).update(content).digest("base64url")}`;
    },
    "with the signature of another content": () => {
      const [head, , signature] = access.split(".");
      return `${head}.${encoded({ ...claimsOf(access), username: "bob" })}.${signature}`;
    },
    "with a key ID that is a path": () => {
      const [, claims, signature] = access.split(".");
      return `${encoded({ ...header(), kid: "../../../../dev/null" })}.${claims}.${signature}`;
    },
    "with a key of its own": () => {
      const [, claims, signature] = access.split(".");
      return `${encoded({ ...header(), jku: "https://evil.example/jwks", jwk: {} })}.${claims}.${signature}`;
    },
    "of another kind (an ID token)": () => id,
    "with two more parts": () => `${access}.a.b`,
    "with a header that is not an object": () => `${encoded([])}.${access.split(".").slice(1).join(".")}`,
  };

  it.each(Object.keys(forgeries))("is rejected %s", async (name) => {
    const forged = forgeries[name]?.() ?? "";
    const answer = await callOnWire(server.url, "GetUser", { AccessToken: forged });
    expect([answer.status, parsed(answer).__type]).toEqual([400, "NotAuthorizedException"]);
    expect((await userInfo(forged)).status).toBe(401);
    expect((await userInfo(access)).status).toBe(200);
  });
});

describe("header fields", () => {
  it("of a proxy do not change the addresses that the server names", async () => {
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
    };
    const answer = await fetch(`${server.url}/${poolId}/.well-known/openid-configuration`, { headers });
    expect(await answer.text()).not.toContain("evil.example");
  });

  it.each([
    ["two lengths", "Content-Length: 2\r\nContent-Length: 40\r\n"],
    ["a length and chunked encoding", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"],
    ["an unknown encoding", "Transfer-Encoding: cow\r\n"],
    ["a length with a sign", "Content-Length: +2\r\n"],
    ["a space before the colon", "Content-Length : 2\r\n"],
    ["a folded line", "X-Amz-Target: a\r\n b\r\nContent-Length: 2\r\n"],
  ])("that could smuggle a request are rejected: %s", async (_, fields) => {
    const { hostname, port, host } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const smuggled = `GET /_cognate/health HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    socket.end(`POST / HTTP/1.1\r\nHost: ${host}\r\n${fields}\r\n{}${smuggled}`);
    const answered = await text(socket);
    expect(answered.match(/^HTTP\/1.1 \d+/gm)).toEqual(["HTTP/1.1 400"]);
  });
});

describe("property names of JavaScript objects", () => {
  const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty"];

  it("can be names of custom attributes", async () => {
    const CustomAttributes = NAMES.map((Name) => ({ Name, AttributeDataType: "String", Mutable: true }));
    const added = await callOnWire(server.url, "AddCustomAttributes", {
      UserPoolId: poolId,
      CustomAttributes,
    });
    expect(added).toEqual({ status: 200, text: "{}" });
    const UserAttributes = NAMES.map((name) => ({ Name: `custom:${name}`, Value: `value of ${name}` }));
    const user = { UserPoolId: poolId, Username: "alice" };
    await callOnWire(server.url, "AdminUpdateUserAttributes", { ...user, UserAttributes });
    const shown = parsed(await callOnWire(server.url, "AdminGetUser", user));
    expect(shown.UserAttributes).toEqual(expect.arrayContaining(UserAttributes));
  });

  it.each(NAMES)("are not attributes of users: %s", async (Name) => {
    const input = { UserPoolId: poolId, Username: "alice", UserAttributes: [{ Name, Value: "x" }] };
    const answer = parsed(await callOnWire(server.url, "AdminUpdateUserAttributes", input));
    expect(answer.__type).toBe("InvalidParameterException");
    const Filter = `${Name} = "x"`;
    const listed = parsed(await callOnWire(server.url, "ListUsers", { UserPoolId: poolId, Filter }));
    expect(listed.__type).toBe("InvalidParameterException");
  });

  it("can be usernames, groups and tags", async () => {
    for (const name of NAMES) {
      const user = { UserPoolId: poolId, Username: name };
      expect((await callOnWire(server.url, "AdminGetUser", user)).text).toContain("UserNotFoundException");
      expect((await callOnWire(server.url, "AdminCreateUser", user)).status).toBe(200);
      const group = { UserPoolId: poolId, GroupName: name };
      expect((await callOnWire(server.url, "GetGroup", group)).text).toContain("ResourceNotFoundException");
      expect((await callOnWire(server.url, "CreateGroup", group)).status).toBe(200);
      expect((await callOnWire(server.url, "AdminAddUserToGroup", { ...user, ...group })).status).toBe(200);
    }
    const ResourceArn = `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId}`;
    const Tags = Object.fromEntries(NAMES.map((name) => [name, "x"]));
    await callOnWire(server.url, "TagResource", { ResourceArn, Tags });
    const listed = parsed(await callOnWire(server.url, "ListTagsForResource", { ResourceArn }));
    expect(Object.entries(listed.Tags).sort()).toEqual(Object.entries(Tags).sort());
    await server.cognito.send(new UpdateUserPoolCommand({ UserPoolId: poolId }));
  });

  it("can be keys of client metadata", async () => {
    const input = {
      UserPoolId: poolId,
      ClientId: client.client_id,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: Object.fromEntries([["USERNAME", "alice"], ...NAMES.map((name) => [name, "x"])]),
      ClientMetadata: Object.fromEntries(NAMES.map((name) => [name, "x"])),
    };
    const answer = parsed(await callOnWire(server.url, "AdminInitiateAuth", input));
    expect(answer.__type).toBe("InvalidParameterException");
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
