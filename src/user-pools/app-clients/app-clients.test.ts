import { describe, expect, it } from "vitest";
import {
  type AuthFlowType,
  type ExplicitAuthFlowsType,
  NotAuthorizedException,
} from "../../api-model/index.ts";
import type { AppClientRecord, AppClientSettings } from "../../storage/index.ts";
import { newSecret } from "./client-secrets.ts";
import { flowEnabled } from "./flows.ts";
import { checkClientSecret, checkSecretHash, provesClientSecret } from "./secrets.ts";
import { authSessionSeconds, tokenValidity } from "./validity.ts";

function client(settings: AppClientSettings = {}, ...secrets: string[]): AppClientRecord {
  return {
    poolId: "us-east-1_abcdefghi",
    id: "1example23456789",
    name: "app",
    secrets: secrets.map((value, index) => ({ id: `s${index}`, value, createdAt: 0 })),
    settings,
    createdAt: 0,
    lastModifiedAt: 0,
  };
}

describe("SECRET_HASH", () => {
  // HMAC-SHA-256 over "alice" and the client id, computed with OpenSSL.
  const secret = "examplesecret1234567890";
  const hash = "IHGixr8lIONk+grHewFvp6HlVOr3RUTkpoNe6T26p08=";

  it("is accepted for each of a client's two secrets", () => {
    expect(() => checkSecretHash(client({}, secret), "alice", hash)).not.toThrow();
    expect(() =>
      checkSecretHash(client({}, "another-secret-of-24-chars", secret), "alice", hash),
    ).not.toThrow();
  });

  it("is required only of clients with a secret", () => {
    expect(() => checkSecretHash(client(), "alice", undefined)).not.toThrow();
    expect(() => checkSecretHash(client({}, secret), "alice", undefined)).toThrow(
      new NotAuthorizedException(
        "Client 1example23456789 is configured with secret but SECRET_HASH was not received",
      ),
    );
  });

  it.each([
    ["of another user", client({}, secret), "bob"],
    ["of another secret", client({}, "another-secret-of-24-chars"), "alice"],
    ["for a client without a secret", client(), "alice"],
  ])("is refused %s", (_, of, username) => {
    expect(() => checkSecretHash(of, username, hash)).toThrow(
      new NotAuthorizedException("Unable to verify secret hash for client 1example23456789"),
    );
  });
});

describe("a client secret that is sent itself", () => {
  it("must be one of the client's secrets, and absent for a client without one", () => {
    const two = client({}, "first", "second");
    expect(
      ["first", "second", "third", "", undefined].map((given) => provesClientSecret(two, given)),
    ).toEqual([true, true, false, false, false]);
    expect(provesClientSecret(client(), undefined)).toBe(true);
    expect(provesClientSecret(client(), "first")).toBe(false);
    expect(() => checkClientSecret(two, "third")).toThrow(NotAuthorizedException);
    expect(() => checkClientSecret(two, undefined)).toThrow(NotAuthorizedException);
  });

  it("gets its own id, even if another one is created in the same millisecond", () => {
    const first = newSecret("c", "a", 5);
    const second = newSecret("c", "b", 5, [first]);
    expect([first.id, second.id]).toEqual(["c--5", "c--6"]);
  });
});

describe("the sign-in flows of a client", () => {
  const all: AuthFlowType[] = [
    "USER_PASSWORD_AUTH",
    "ADMIN_USER_PASSWORD_AUTH",
    "ADMIN_NO_SRP_AUTH",
    "USER_SRP_AUTH",
    "CUSTOM_AUTH",
    "REFRESH_TOKEN_AUTH",
    "REFRESH_TOKEN",
    "USER_AUTH",
  ];
  const refresh: AuthFlowType[] = ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"];
  const admin: AuthFlowType[] = ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"];

  it.each<[ExplicitAuthFlowsType[] | undefined, AuthFlowType[]]>([
    [undefined, ["USER_SRP_AUTH", "CUSTOM_AUTH", ...refresh]],
    [["ALLOW_USER_PASSWORD_AUTH"], ["USER_PASSWORD_AUTH"]],
    [
      ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      [...admin, ...refresh],
    ],
    [["ALLOW_USER_AUTH"], ["USER_AUTH"]],
    [["ADMIN_NO_SRP_AUTH"], [...admin, "USER_SRP_AUTH", ...refresh]],
    [["USER_PASSWORD_AUTH"], ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", ...refresh]],
    [["CUSTOM_AUTH_FLOW_ONLY"], ["CUSTOM_AUTH", ...refresh]],
  ])("with the ExplicitAuthFlows %j are %j", (ExplicitAuthFlows, enabled) => {
    const of = client(ExplicitAuthFlows ? { ExplicitAuthFlows } : {});
    expect(all.filter((flow) => flowEnabled(of, flow))).toEqual(all.filter((flow) => enabled.includes(flow)));
  });
});

describe("the validity of tokens and Sessions", () => {
  it("is by default an hour for access and ID tokens, 30 days for refresh tokens and 3 minutes for Sessions", () => {
    expect(tokenValidity(client())).toEqual({
      accessSeconds: 3600,
      idSeconds: 3600,
      refreshSeconds: 2_592_000,
    });
    expect(authSessionSeconds(client())).toBe(180);
  });

  it("is the client's setting, in the client's units", () => {
    const settings: AppClientSettings = {
      AccessTokenValidity: 600,
      IdTokenValidity: 2,
      RefreshTokenValidity: 90,
      TokenValidityUnits: { AccessToken: "seconds", IdToken: "hours", RefreshToken: "minutes" },
      AuthSessionValidity: 15,
    };
    expect(tokenValidity(client(settings))).toEqual({
      accessSeconds: 600,
      idSeconds: 7200,
      refreshSeconds: 5400,
    });
    expect(authSessionSeconds(client(settings))).toBe(900);
  });
});
