import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Call, createEvents, type Events, type Signer } from "../events.ts";
import { silentLog } from "../log.ts";
import type { LogTarget } from "../log-sinks/index.ts";
import { createAuditLog, type EndpointRequest } from "./index.ts";

const AT = Date.UTC(2026, 0, 31, 12, 30, 15, 250);
const HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

const call = (changes: Partial<Call> = {}): Call => ({
  requestId: "r-1",
  at: AT,
  service: "cognito-idp",
  operation: "UpdateUserPool",
  caller: undefined,
  status: 200,
  error: undefined,
  durationMilliseconds: 1,
  userAgent: "agent",
  sourceIp: "192.0.2.1",
  input: {},
  requestBytes: 2,
  answer: "{}",
  ...changes,
});

const ALICE: Signer = {
  kind: "user",
  arn: "arn:aws:iam::123456789012:user/alice",
  principalArn: "arn:aws:iam::123456789012:user/alice",
  accountId: "123456789012",
  userId: "AIDAALICE",
  uniqueId: "AIDAALICE",
  name: "alice",
  accessKeyId: "ASIAALICE",
  region: "eu-west-1",
};

const request = (changes: Partial<EndpointRequest> = {}): EndpointRequest => ({
  status: 200,
  host: "id.example.com",
  poolId: "eu-west-1_Pool",
  parameters: [],
  requestId: "r-2",
  sourceIp: "192.0.2.1",
  userAgent: "browser",
  ...changes,
});

describe("the audit log", () => {
  let folder: string;
  let events: Events;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-audit-"));
    events = createEvents();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = (target: LogTarget, recordsReads = true) =>
    createAuditLog({
      events,
      target,
      recordsReads,
      accountId: "123456789012",
      region: "us-east-1",
      newEventId: () => "event",
      log: silentLog,
    });

  /** The records of what happens meanwhile. */
  const recordsOf = async (
    happen: (log: ReturnType<typeof open>) => void,
    recordsReads?: boolean,
    // biome-ignore lint/suspicious/noExplicitAny: a test looks at the members that it is about
  ): Promise<any[]> => {
    const file = join(folder, "audit.jsonl");
    const log = open({ file }, recordsReads);
    happen(log);
    await log.close();
    const text = await readFile(file, "utf8").catch(() => "");
    return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  };

  it("has one file a day in a folder, whatever pool a call names", async () => {
    const log = open({ folder });
    events.publish("call", call({ input: { UserPoolId: "../../elsewhere" } }));
    await log.close();
    expect(JSON.parse(await readFile(join(folder, "2026-01-31.jsonl"), "utf8"))).toMatchObject({
      eventTime: "2026-01-31T12:30:15Z",
      requestParameters: { userPoolId: "../../elsewhere" },
    });
  });

  it("hides secrets at any depth, and keeps the names in maps that callers fill", async () => {
    const input = {
      ProviderName: "Apple",
      ProviderDetails: {
        client_id: "id",
        private_key: "key",
        client_secret: "secret",
        MetadataURL: "https://idp",
      },
      UserPoolTags: { Team: "red" },
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "jane" },
      SetIdentifiers: [{ ClientSecretValue: "secret", Number: 1 }],
    };
    const [record] = await recordsOf(() => events.publish("call", call({ input })));
    expect(record.requestParameters).toEqual({
      providerName: "Apple",
      providerDetails: {
        client_id: "id",
        private_key: HIDDEN,
        client_secret: HIDDEN,
        MetadataURL: "https://idp",
      },
      userPoolTags: { Team: "red" },
      destinationUser: { providerName: "Cognito", providerAttributeValue: HIDDEN },
      setIdentifiers: [{ clientSecretValue: HIDDEN, number: 1 }],
    });
  });

  it("hides secrets of a wrong type, and no numbers of a password policy", async () => {
    const policy = { TemporaryPasswordValidityDays: 7, PasswordHistorySize: 2 };
    const input = { ConfirmationCode: 123456, Password: ["Correct-horse-1"], PasswordPolicy: policy };
    const [record] = await recordsOf(() => events.publish("call", call({ input })));
    expect(record.requestParameters).toEqual({
      confirmationCode: HIDDEN,
      password: HIDDEN,
      passwordPolicy: { temporaryPasswordValidityDays: 7, passwordHistorySize: 2 },
    });
  });

  it("hides the address of an upload, which whoever has it may use", async () => {
    const answer = JSON.stringify({
      UserImportJob: { JobId: "import-1", PreSignedUrl: "https://upload?signature" },
    });
    const [record] = await recordsOf(() =>
      events.publish("call", call({ operation: "CreateUserImportJob", answer })),
    );
    expect(record.responseElements).toEqual({ userImportJob: { jobId: "import-1", preSignedUrl: HIDDEN } });
  });

  it("hides whom a list is filtered by, and the passkey and the user of a registration", async () => {
    const [list, options, registration] = await recordsOf(() => {
      const input = { UserPoolId: "us-east-1_Pool", Filter: 'email = "jane@example.com"' };
      events.publish("call", call({ operation: "ListUsers", input }));
      const answer = JSON.stringify({
        CredentialCreationOptions: { user: { name: "jane" }, challenge: "x" },
      });
      events.publish("call", call({ operation: "StartWebAuthnRegistration", answer }));
      const passkey = { Credential: { id: "y", response: { clientDataJSON: "z" } } };
      events.publish("call", call({ operation: "CompleteWebAuthnRegistration", input: passkey }));
    });
    expect(list.requestParameters).toEqual({ userPoolId: "us-east-1_Pool", filter: HIDDEN });
    expect(options.responseElements).toEqual({ credentialCreationOptions: HIDDEN });
    expect(registration.requestParameters).toEqual({ credential: HIDDEN });
  });

  it("makes the record of a call after the caller has its answer", async () => {
    const read = vi.fn(() => "{}");
    const [record] = await recordsOf(() => {
      const answered = call();
      events.publish("call", Object.defineProperty(answered, "answer", { get: read }));
      expect(read).not.toHaveBeenCalled();
      events.publish("call", call());
    });
    expect(read).toHaveBeenCalled();
    expect(record.requestID).toBe("r-1");
  });

  it("omits parameters of more than 100 KB, and what is nested without end", async () => {
    let nested: object = {};
    for (let depth = 0; depth < 1000; depth++) nested = { Inner: nested };
    const [long, deep] = await recordsOf(() => {
      events.publish("call", call({ input: { CSS: "x".repeat(110_000) } }));
      events.publish("call", call({ input: { Deep: nested } }));
    });
    expect(long.requestParameters).toBeNull();
    expect(JSON.stringify(deep.requestParameters)).toContain(HIDDEN);
  });

  it("has no record of a request that names no operation", async () => {
    expect(await recordsOf(() => events.publish("call", call({ operation: undefined })))).toEqual([]);
  });

  it("gives a call the user that was noted for its request, and no later call", async () => {
    const records = await recordsOf((log) => {
      log.noteUser("r-1", "sub-1");
      events.publish("call", call());
      events.publish("call", call());
    });
    expect(records.map(({ additionalEventData }) => additionalEventData)).toEqual([
      { sub: "sub-1" },
      undefined,
    ]);
  });

  it.each([
    ["AdminGetUser", true],
    ["ListUsers", true],
    ["DescribeUserPool", true],
    ["AdminListDevices", true],
    ["AssumeRole", true],
    ["GetUserAttributeVerificationCode", false],
    ["GetTokensFromRefreshToken", false],
    ["GetClientToken", false],
    ["InitiateAuth", false],
    ["AdminUserGlobalSignOut", false],
  ])("counts %s as a read: %s", async (operation, readOnly) => {
    const publish = () => events.publish("call", call({ operation }));
    expect(await recordsOf(publish)).toMatchObject([{ readOnly }]);
    await rm(join(folder, "audit.jsonl"));
    expect(await recordsOf(publish, false)).toHaveLength(readOnly ? 0 : 1);
  });

  it.each([
    ["ReadUserImports", true],
    ["ImportUsers", false],
    ["RotateSigningKeys", false],
    ["TestIdentityProvider", false],
  ])("counts the action %s as a read: %s", async (action, readOnly) => {
    const publish = () =>
      events.publish("poolAction", {
        requestId: "r-3",
        at: AT,
        action,
        caller: ALICE,
        poolId: "eu-west-1_Pool",
        status: 200,
        sourceIp: "192.0.2.1",
        userAgent: "agent",
      });
    expect(await recordsOf(publish)).toMatchObject([{ eventName: action, readOnly }]);
    await rm(join(folder, "audit.jsonl"));
    expect(await recordsOf(publish, false)).toHaveLength(readOnly ? 0 : 1);
  });

  it("names a federated user and a user with temporary credentials as CloudTrail does", async () => {
    const session = { issuedAt: AT };
    const bob: Signer = {
      ...ALICE,
      kind: "federated",
      arn: "arn:aws:sts::123456789012:federated-user/bob",
      principalArn: "arn:aws:sts::123456789012:federated-user/bob",
      userId: "123456789012:bob",
      session,
    };
    const records = await recordsOf(() => {
      events.publish("call", call({ caller: { ...ALICE, session } }));
      events.publish("call", call({ caller: bob }));
    });
    const attributes = { creationDate: "2026-01-31T12:30:15Z", mfaAuthenticated: "false" };
    expect(records.map(({ userIdentity, awsRegion }) => [awsRegion, userIdentity])).toEqual([
      [
        "eu-west-1",
        {
          type: "IAMUser",
          principalId: "AIDAALICE",
          arn: ALICE.arn,
          accountId: "123456789012",
          accessKeyId: "ASIAALICE",
          userName: "alice",
          sessionContext: { attributes },
        },
      ],
      [
        "eu-west-1",
        {
          type: "FederatedUser",
          principalId: "123456789012:bob",
          arn: bob.arn,
          accountId: "123456789012",
          accessKeyId: "ASIAALICE",
          sessionContext: {
            sessionIssuer: {
              type: "IAMUser",
              principalId: "AIDAALICE",
              accountId: "123456789012",
              userName: "alice",
            },
            attributes,
          },
        },
      ],
    ]);
  });

  it.each([
    ["GET", "/login", "Login_GET", true],
    ["HEAD", "/login", "Login_GET", true],
    ["POST", "/login", "login_POST", false],
    ["GET", "/oauth2/authorize", "OAuth2_Authorize_GET", false],
    ["GET", "/logout", "Logout", false],
    ["POST", "/saml2/idpresponse", "SAML2Response_POST", false],
    ["GET", "/confirmUser", "confirmUser_GET", false],
  ])("records %s %s as %s", async (method, path, eventName, readOnly) => {
    const note = (log: ReturnType<typeof open>) =>
      log.noteRequest({ method, path, at: AT }, async () => request());
    expect(await recordsOf(note)).toMatchObject([{ eventName, readOnly, awsRegion: "eu-west-1" }]);
    await rm(join(folder, "audit.jsonl"));
    expect(await recordsOf(note, false)).toHaveLength(readOnly ? 0 : 1);
  });

  it("has no record of documents, images and unknown paths", async () => {
    const records = await recordsOf((log) => {
      for (const path of ["/.well-known/jwks.json", "/constructor", "/console/*", "/"])
        log.noteRequest({ method: "GET", path, at: AT }, async () => request());
    });
    expect(records).toEqual([]);
  });

  it("shows the parameters of a request that are not secret, by name", async () => {
    const parameters = [
      ["client_id", "abc"],
      ["state", "opaque"],
      ["__proto__", "x"],
      ["username", "jane"],
    ] as const;
    const [record] = await recordsOf((log) =>
      log.noteRequest({ method: "POST", path: "/login", at: AT }, async () => request({ parameters })),
    );
    expect(JSON.stringify(record.additionalEventData.requestParameters)).toBe(
      `{"client_id":["abc"],"state":["${HIDDEN}"],"__proto__":["${HIDDEN}"],"username":["${HIDDEN}"]}`,
    );
  });

  it("hides a text that stands in the place of a parameter's name", async () => {
    const parameters = [['{"client_secret":"key"}', ""]] as const;
    const [record] = await recordsOf((log) =>
      log.noteRequest({ method: "POST", path: "/oauth2/token", at: AT }, async () => request({ parameters })),
    );
    expect(record.additionalEventData.requestParameters).toEqual({ [HIDDEN]: [HIDDEN] });
  });

  it("goes on after a record that could not be made", async () => {
    const records = await recordsOf((log) => {
      log.noteRequest({ method: "POST", path: "/login", at: AT }, () =>
        Promise.reject(new Error("no database")),
      );
      events.publish("call", call());
    });
    expect(records).toHaveLength(1);
  });
});
