import { describe, expect, it } from "vitest";
import { requestContextOf } from "./request-context.ts";

const received = {
  requestId: "55ae2950-3096-48c8-9bf7-86940cf27c27",
  region: "eu-west-1",
  callerArn: undefined,
  sourceIp: "192.0.2.7",
  userAgent: "aws-cli/2.1",
};

describe("the request context", () => {
  it("contains the client metadata and the user context data of an app's operation", () =>
    expect(
      requestContextOf(received, {
        ClientMetadata: { tenant: "blue" },
        UserContextData: { IpAddress: "198.51.100.1", EncodedData: "fingerprint" },
      }),
    ).toEqual({
      ...received,
      clientMetadata: { tenant: "blue" },
      userContextData: { ipAddress: "198.51.100.1", encodedData: "fingerprint" },
    }));

  it("contains the context data of an administrator's operation in the same member", () =>
    expect(
      requestContextOf(received, {
        ContextData: {
          IpAddress: "198.51.100.1",
          ServerName: "app.example.com",
          ServerPath: "/login",
          HttpHeaders: [{ headerName: "User-Agent", headerValue: "Firefox" }],
        },
      }).userContextData,
    ).toEqual({
      ipAddress: "198.51.100.1",
      encodedData: undefined,
      serverName: "app.example.com",
      serverPath: "/login",
      httpHeaders: [{ name: "User-Agent", value: "Firefox" }],
    }));

  it("contains neither if the input has none", () =>
    expect(requestContextOf(received, { UserPoolId: "eu-west-1_Pool" })).toEqual({
      ...received,
      clientMetadata: undefined,
      userContextData: undefined,
    }));
});
