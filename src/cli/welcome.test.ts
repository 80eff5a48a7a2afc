import { describe, expect, it } from "vitest";
import { defaultSettings, type Settings } from "../config/index.ts";
import { namesOf } from "../data-directory.ts";
import type { RunningServer } from "../server/index.ts";
import { devWelcome, exposureOf, serveWelcome } from "./welcome.ts";

const url = "http://127.0.0.1:9229";

function running(issuer: string): RunningServer {
  return {
    url,
    issuerOf: (poolId) => `${issuer}/${poolId}`,
    files: namesOf("/data"),
    administrator: undefined,
    clock: undefined,
    snapshots: undefined,
    metrics: undefined,
    stop: async () => undefined,
  };
}
const server = running(url);
const dev: Settings = { ...defaultSettings("dev"), dataDir: "/data" };

describe("output of dev when it is ready", () => {
  it("shows the commands of the first sign-in at the first start, with the Session in a shell variable", () => {
    const text = devWelcome(server, dev, true);
    expect(text).toContain("admin-create-user");
    expect(text).toContain("SESSION=$(aws cognito-idp admin-initiate-auth");
    expect(text).toContain('--session "$SESSION"');
    expect(text).toContain(`by the issuer:\n\n  ${url}/us-east-1_DemoPool1\n`);
  });

  it("shows commands for existing users at the next start", () => {
    const text = devWelcome(server, dev, false);
    expect(text).not.toContain("admin-create-user");
    expect(text).toContain("npx cognate token --data-dir /data --user-pool-id us-east-1_DemoPool1");
    expect(text).toContain("To begin anew, stop the server and delete /data.");
  });

  it("names first the access keys that are accepted", () => {
    expect(devWelcome(server, dev, true)).toMatch(
      /^Open to this machine only. Unknown access keys are accepted unverified, as the administrator's;/,
    );
    expect(devWelcome(server, { ...dev, trustUnknownKeys: false }, true)).toContain(
      "Unknown access keys are refused.",
    );
  });

  it("does not send verifiers to AWS for the keys when the issuer has AWS's form", () => {
    const aws = running("https://cognito-idp.us-east-1.amazonaws.com");
    const text = devWelcome(aws, { ...dev, issuer: "aws" }, true);
    expect(text).not.toContain("by the issuer");
    expect(text).toContain(`${url}/us-east-1_DemoPool1/.well-known/jwks.json`);
  });
});

describe("the warning of an exposed server", () => {
  const exposed: Settings = { ...dev, host: "0.0.0.0", hosts: ["build-box"] };

  it("is absent on loopback", () => expect(exposureOf(dev)).toBeUndefined());

  it("names the accepted hosts and what a caller may do there", () => {
    expect(exposureOf(exposed)).toMatch(
      /by the names build-box: they may sign in. Signed calls, .* need the keys/,
    );
    expect(exposureOf({ ...exposed, trustUnknownKeys: true })).toMatch(/they may do everything/);
  });
});

describe("output of serve when it is ready", () => {
  it("names the console, the credentials, the master key and the messages that cannot be sent", () => {
    const text = serveWelcome(server, { ...defaultSettings("serve"), dataDir: "/data" });
    expect(text).toContain(`Console        ${url}/console/`);
    expect(text).toContain("Credentials    /data/credentials");
    expect(text).toContain("Master key     /data/master.key");
    expect(text).toContain("give --smtp-url");
  });

  it("contains no secret from the settings", () => {
    const text = serveWelcome(server, {
      ...defaultSettings("serve"),
      smtpUrl: "smtp://user:hunter2@mail.example.com:587",
      masterKey: "hunter2",
    });
    expect(text).toContain("E-mail         by mail.example.com:587");
    expect(text).not.toContain("hunter2");
  });
});
