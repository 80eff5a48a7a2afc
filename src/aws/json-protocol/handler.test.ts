import { beforeEach, describe, expect, it } from "vitest";
import {
  InvalidParameterException,
  TooManyRequestsException,
  UserNotFoundException,
} from "../../api-model/index.ts";
import { stoppedClock } from "../../clock.ts";
import { Overloaded } from "../../crypto/index.ts";
import type { Call } from "../../events.ts";
import type { ReceivedRequest } from "../../http/index.ts";
import { silentLog } from "../../log.ts";
import { ACCESS_DENIED, WireError } from "../sigv4/index.ts";
import { handleJsonRequest, type JsonDependencies, type JsonResponse } from "./handler.ts";
import { readInput } from "./read-input.ts";

const POOL = "us-east-1_Ab12Cd34E";
const PREFIX = "AWSCognitoIdentityProviderService";
const ARN = "arn:aws:iam::123456789012:user/alice";
const CALLER = {
  kind: "user",
  arn: ARN,
  principalArn: ARN,
  accountId: "123456789012",
  userId: "AIDAALICE",
  uniqueId: "AIDAALICE",
  name: "alice",
  accessKeyId: "AKIAALICE",
  region: "eu-west-1",
} as const;

const clock = stoppedClock(1_767_225_600_000);
let calls: Call[];
let logged: object[];

beforeEach(() => {
  calls = [];
  logged = [];
});

type Changes = Partial<Omit<JsonDependencies<unknown>, "operations">> & {
  readonly operations?: Partial<JsonDependencies<unknown>["operations"]>;
};

function dependencies({ operations = {}, ...changes }: Changes = {}): JsonDependencies<unknown> {
  return {
    // A test calls no other operation than those that it gives.
    operations: operations as JsonDependencies<unknown>["operations"],
    contextOf: (call) => call,
    authorize: async () => CALLER,
    readInput,
    clock,
    newRequestId: () => "55ae2950-3096-48c8-9bf7-86940cf27c27",
    log: { ...silentLog, error: (fields) => logged.push(fields) },
    onCall: (call) => calls.push(call),
    ...changes,
  };
}

function request(
  operation: string | undefined,
  body: string | Uint8Array | object = "",
  changes: Partial<ReceivedRequest> = {},
): ReceivedRequest {
  const bytes =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return {
    method: "POST",
    rawPath: "/",
    rawQuery: "",
    rawHeaders:
      operation === undefined
        ? []
        : [["X-Amz-Target", operation.includes(".") ? operation : `${PREFIX}.${operation}`]],
    body: bytes,
    ...changes,
  };
}

async function error(response: Promise<JsonResponse>): Promise<[number, string, object]> {
  const { status, headers, body } = await response;
  return [status, headers["x-amzn-ErrorType"] ?? "", JSON.parse(body)];
}

describe("a call that succeeds", () => {
  it("runs the operation with its input and caller, and returns its output", async () => {
    const seen: unknown[] = [];
    const response = await handleJsonRequest(
      request(
        "AdminGetUser",
        { UserPoolId: POOL, Username: "jane", Other: 1 },
        {
          rawHeaders: [
            ["X-Amz-Target", `${PREFIX}.AdminGetUser`],
            ["User-Agent", "aws-cli/2.1"],
          ],
          sourceIp: "192.0.2.7",
        },
      ),
      dependencies({
        operations: {
          AdminGetUser: async (input, context) => {
            seen.push(input, context);
            return { Username: "jane", UserCreateDate: 1500 };
          },
        },
      }),
    );
    expect(seen).toEqual([
      { UserPoolId: POOL, Username: "jane" },
      {
        operation: "AdminGetUser",
        requestId: "55ae2950-3096-48c8-9bf7-86940cf27c27",
        caller: CALLER,
        sourceIp: "192.0.2.7",
        userAgent: "aws-cli/2.1",
      },
    ]);
    expect(response).toEqual({
      status: 200,
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "x-amzn-RequestId": "55ae2950-3096-48c8-9bf7-86940cf27c27",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
      },
      body: '{"UserCreateDate":1.5,"Username":"jane"}',
    });
  });

  it("needs no authorization for operations without a signature", async () => {
    const authorize = async () => {
      throw new Error("was asked");
    };
    const operations = { RevokeToken: async () => ({}) };
    const { status, body } = await handleJsonRequest(
      request("RevokeToken", { Token: "t", ClientId: "abc" }),
      dependencies({ authorize, operations }),
    );
    expect([status, body]).toEqual([200, "{}"]);
  });

  it("is published to subscribers with caller, outcome, input and answer", async () => {
    const operations = { AdminDeleteUser: async () => ({}) };
    await handleJsonRequest(
      request("AdminDeleteUser", { UserPoolId: POOL, Username: "jane" }),
      dependencies({ operations }),
    );
    expect(calls).toEqual([
      {
        requestId: "55ae2950-3096-48c8-9bf7-86940cf27c27",
        at: 1_767_225_600_000,
        service: "cognito-idp",
        operation: "AdminDeleteUser",
        caller: CALLER,
        status: 200,
        error: undefined,
        durationMilliseconds: 0,
        userAgent: undefined,
        sourceIp: undefined,
        input: { UserPoolId: POOL, Username: "jane" },
        requestBytes: expect.any(Number),
        answer: "",
      },
    ]);
  });
});

describe("errors of the service", () => {
  const failing = (thrown: unknown) =>
    dependencies({
      operations: {
        AdminGetUser: async () => {
          throw thrown;
        },
        AddUserPoolClientSecret: async () => {
          throw thrown;
        },
      },
    });
  const adminGetUser = request("AdminGetUser", { UserPoolId: POOL, Username: "jane" });

  it("have status 400, a bare __type, the member message and the headers that old clients read", async () => {
    const response = await handleJsonRequest(
      adminGetUser,
      failing(new UserNotFoundException("User does not exist.")),
    );
    expect(response).toEqual({
      status: 400,
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "x-amzn-RequestId": "55ae2950-3096-48c8-9bf7-86940cf27c27",
        "x-amzn-ErrorType": "UserNotFoundException:",
        "x-amzn-ErrorMessage": "User does not exist.",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
      },
      body: '{"__type":"UserNotFoundException","message":"User does not exist."}',
    });
    expect(calls[0]).toMatchObject({ status: 400, error: "UserNotFoundException" });
  });

  it("have status 400 for throttling as well", async () => {
    const [status] = await error(
      handleJsonRequest(adminGetUser, failing(new TooManyRequestsException("Rate exceeded"))),
    );
    expect(status).toBe(400);
  });

  it("ask the client to retry when too many password checks are queued", async () => {
    expect(await error(handleJsonRequest(adminGetUser, failing(new Overloaded("many"))))).toEqual([
      400,
      "TooManyRequestsException:",
      { __type: "TooManyRequestsException", message: "Rate exceeded" },
    ]);
  });

  it("contain their other members", async () => {
    const thrown = new InvalidParameterException("x", { members: { reasonCode: "y" } });
    const [, , body] = await error(handleJsonRequest(adminGetUser, failing(thrown)));
    expect(body).toEqual({ __type: "InvalidParameterException", message: "x", reasonCode: "y" });
  });

  it("encode any text in the header, and have the whole text in the body", async () => {
    const message = `Attributes did not conform to the schema: 名前\r\nX-Evil: 1\n${"x".repeat(5000)}`;
    const { headers, body } = await handleJsonRequest(
      adminGetUser,
      failing(new InvalidParameterException(message)),
    );
    expect(headers["x-amzn-ErrorMessage"]).toMatch(
      /^Attributes did not conform to the schema: \?\? X-Evil: 1 x{900,}$/,
    );
    expect(headers["x-amzn-ErrorMessage"]?.length).toBeLessThanOrEqual(1024);
    expect(JSON.parse(body).message).toBe(message);
  });

  it("hide an unexpected failure and log it under the request id", async () => {
    const defect = new Error("SELECT secret FROM users");
    expect(await error(handleJsonRequest(adminGetUser, failing(defect)))).toEqual([
      500,
      "InternalErrorException:",
      { __type: "InternalErrorException", message: "Internal server error." },
    ]);
    expect(logged).toEqual([
      { err: defect, requestId: "55ae2950-3096-48c8-9bf7-86940cf27c27", operation: "AdminGetUser" },
    ]);
  });

  it("use InternalServerException for it on the operations of client secrets", async () => {
    const call = request("AddUserPoolClientSecret", { UserPoolId: POOL, ClientId: "abc" });
    const [status, type] = await error(handleJsonRequest(call, failing(new Error("defect"))));
    expect([status, type]).toEqual([500, "InternalServerException:"]);
  });
});

describe("a request before its operation runs", () => {
  it.each([
    ["no X-Amz-Target", request(undefined, {})],
    ["a target of another service", request("DynamoDB_20120810.ListTables", {})],
    ["a target without a dot", request(undefined, {}, { rawHeaders: [["x-amz-target", "SignUp"]] })],
    ["another method than POST", request("SignUp", "", { method: "GET" })],
  ])("gets status 404 with %s", async (_, received) => {
    const { status, headers, body } = await handleJsonRequest(received, dependencies());
    expect(status).toBe(404);
    expect(headers).toMatchObject({
      "Access-Control-Allow-Origin": "*",
      "x-amzn-RequestId": expect.any(String),
    });
    expect(JSON.parse(body)).toEqual({
      code: "BadRequest",
      message: "The server did not understand the operation that was requested.",
      type: "client",
    });
    expect(calls.at(-1)).toMatchObject({ operation: undefined, error: "BadRequest", status: 404 });
  });

  it.each([`${PREFIX}.Nonsense`, `${PREFIX}.`, `${PREFIX}.toString`, "AWSCognitoIdentityService.GetId"])(
    "is rejected for the unknown operation %s",
    async (target) => {
      expect(await error(handleJsonRequest(request(target, {}), dependencies()))).toEqual([
        400,
        "UnknownOperationException:",
        { __type: "UnknownOperationException" },
      ]);
    },
  );

  it.each<[string, string | Uint8Array, string | undefined]>([
    ["half an object", '{"UserPoolId":', undefined],
    ["a trailing comma", '{"UserPoolId":"x",}', undefined],
    ["a form", "Action=GetUser", undefined],
    ["a string", '"x"', undefined],
    ["a number", "1", undefined],
    ["null", "null", undefined],
    ["a list", "[]", "Start of list found where not expected"],
    ["broken UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), undefined],
    ["a byte order mark", "\ufeff{}", undefined],
    ["nested lists that are never closed", "[".repeat(500_000), undefined],
    ["nested lists", `${"[".repeat(9_000)}${"]".repeat(9_000)}`, "Start of list found where not expected"],
  ])("is rejected before authorization if its body is %s", async (_, body, message) => {
    const authorize = async () => {
      throw new Error("was asked");
    };
    const [status, type, answer] = await error(
      handleJsonRequest(request("GetGroup", body), dependencies({ authorize })),
    );
    expect([status, type]).toEqual([400, "SerializationException:"]);
    expect(answer).toEqual({ __type: "SerializationException", ...(message && { Message: message }) });
  });

  it("may have an empty body, which is an empty input", async () => {
    const operations = { GetGroup: async () => ({}) };
    const [, type, body] = await error(handleJsonRequest(request("GetGroup"), dependencies({ operations })));
    expect(type).toBe("InvalidParameterException:");
    expect(body).toMatchObject({ message: expect.stringMatching(/^2 validation errors detected: /) });
  });

  it("may have deeply nested members that the model does not have", async () => {
    const body = `{"Other":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)},"Limit":"x"}`;
    const operations = { ListUsers: async () => ({}) };
    const [, type] = await error(handleJsonRequest(request("ListUsers", body), dependencies({ operations })));
    expect(type).toBe("SerializationException:");
  });

  it("is rejected if its body is larger than 1 MiB", async () => {
    const [status, type] = await error(
      handleJsonRequest(request("SignUp", new Uint8Array(1024 * 1024 + 1)), dependencies()),
    );
    expect([status, type]).toEqual([413, "RequestEntityTooLargeException:"]);
  });

  it("is rejected with the reason of a denied call, under the key Message for AccessDenied", async () => {
    const authorize = async () => {
      throw new WireError(ACCESS_DENIED, "User: x is not authorized");
    };
    const call = handleJsonRequest(request("ListUsers", { UserPoolId: "" }), dependencies({ authorize }));
    expect(await error(call)).toEqual([
      400,
      "AccessDeniedException:",
      { __type: "AccessDeniedException", Message: "User: x is not authorized" },
    ]);
    expect(calls[0]).toMatchObject({
      operation: "ListUsers",
      caller: undefined,
      error: "AccessDeniedException",
    });
  });
});

describe("a preflight request of a browser", () => {
  it("is allowed every header that it names", async () => {
    const received = request(undefined, "", {
      method: "OPTIONS",
      rawHeaders: [
        ["Origin", "http://localhost:3000"],
        ["Access-Control-Request-Method", "POST"],
        ["Access-Control-Request-Headers", "content-type,x-amz-target"],
      ],
    });
    const { status, headers, body } = await handleJsonRequest(received, dependencies());
    expect([status, body]).toEqual([200, ""]);
    expect(headers).toMatchObject({
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": "POST",
      "Access-Control-Allow-Headers": "content-type,x-amz-target",
      "Access-Control-Max-Age": "172800",
    });
    expect(calls).toEqual([]);
  });
});
