import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../log.ts";
import { createFunctions, type Functions, type FunctionsOptions } from "./functions.ts";

const arnOf = (name: string) => `arn:aws:lambda:eu-west-3:123456789012:function:${name}`;

let parent: string;
let folder: string;
let functions: Functions | undefined;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "cognate-lambda-"));
  folder = join(parent, "functions");
  mkdirSync(folder);
});
afterEach(async () => {
  await functions?.close();
  functions = undefined;
  rmSync(parent, { recursive: true });
});

function open(options: Partial<FunctionsOptions> = {}): Functions {
  functions = createFunctions({
    folder,
    mapped: {},
    reloads: true,
    environment: () => ({ STAGE: "test" }),
    log: silentLog,
    ...options,
  });
  return functions;
}

const call = (name: string, event: unknown = {}) =>
  (functions ?? open()).invoke({ arn: arnOf(name), requestId: "r", event: JSON.stringify(event) });

describe("the function of an ARN", () => {
  it.each(["hook.mjs", "hook.ts", "hook/index.js"])("is the file %s of the folder", async (name) => {
    mkdirSync(join(folder, "hook"));
    writeFileSync(
      join(folder, name),
      "export const handler = async () => process.env.AWS_REGION + process.env.STAGE;",
    );
    expect(open().targetOf(arnOf("hook"))).toEqual({
      kind: "file",
      file: join(folder, name),
      exportName: "handler",
    });
    expect(await call("hook:live")).toEqual({ kind: "answered", payload: '"eu-west-3test"' });
  });

  it("is the file and export that the configuration maps its name or ARN to", async () => {
    const file = join(folder, "all.mjs");
    writeFileSync(
      file,
      "export const one = async () => 1 + process.env.X; export const two = async () => 2;",
    );
    open({
      mapped: {
        first: { file, exportName: "one", environment: { X: "x" } },
        [arnOf("second")]: { file, exportName: "two", environment: {} },
      },
    });
    expect(await call("first")).toEqual({ kind: "answered", payload: '"1x"' });
    expect(await call("second")).toEqual({ kind: "answered", payload: "2" });
  });

  it("is undefined for a name without a file or outside of the folder", async () => {
    writeFileSync(join(parent, "outside.mjs"), "");
    expect(open().targetOf(arnOf("hook"))).toEqual({
      kind: "nothing",
      lookedFor: join(folder, "hook.{mjs,js,cjs,mts,ts}"),
    });
    expect(open().targetOf(arnOf("../outside")).kind).toBe("nothing");
    expect(open().targetOf(arnOf("constructor")).kind).toBe("nothing");
    expect(await call("hook")).toMatchObject({ kind: "not invoked", reason: "ResourceNotFoundException" });
  });
});

describe("a function behind a Lambda API", () => {
  let api: Server;
  let seen: { url: string | undefined; type: unknown; authorization: string; body: string };
  let answer: { status: number; headers?: Record<string, string>; body: string };
  let endpoint: string;
  beforeEach(async () => {
    api = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { authorization = "", "x-amz-invocation-type": type } = request.headers;
      seen = { url: request.url, type, authorization, body };
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    open({ endpoint });
  });
  afterEach(() => new Promise((resolve) => api.close(resolve)));

  it("is invoked by its name, signed", async () => {
    answer = { status: 200, body: '{"response":{}}' };
    expect(await call("hook:live", { a: 1 })).toEqual({ kind: "answered", payload: '{"response":{}}' });
    expect(seen).toMatchObject({
      url: "/2015-03-31/functions/hook/invocations?Qualifier=live",
      type: "RequestResponse",
      body: '{"a":1}',
    });
    expect(seen.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=cognate\/\d+\/eu-west-3\/lambda\//);
  });

  it("fails with the error that it threw", async () => {
    answer = {
      status: 200,
      headers: { "X-Amz-Function-Error": "Unhandled" },
      body: '{"errorType":"Error","errorMessage":"No.","trace":[]}',
    };
    expect(await call("hook")).toEqual({ kind: "failed", errorType: "Error", errorMessage: "No." });
  });

  it("fails if it answers more than Lambda takes", async () => {
    answer = { status: 200, body: JSON.stringify("x".repeat(6_291_555)) };
    expect(await call("hook")).toMatchObject({ kind: "failed", errorType: "Function.ResponseSizeTooLarge" });
  });

  it("fails if the API refuses the call", async () => {
    answer = {
      status: 404,
      headers: { "x-amzn-ErrorType": "ResourceNotFoundException", "content-type": "application/json" },
      body: '{"Message":"Function not found"}',
    };
    expect(await call("hook")).toMatchObject({ kind: "not invoked", reason: "ResourceNotFoundException" });
  });

  it("times out if it does not answer within five seconds", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    timeout.mockReturnValue(AbortSignal.abort(new DOMException("Over.", "TimeoutError")));
    answer = { status: 200, body: "{}" };
    expect(await call("hook")).toEqual({ kind: "timed out" });
    expect(timeout).toHaveBeenCalledWith(5000);
    timeout.mockRestore();
  });

  it("times out if its answer begins and does not end within five seconds", async () => {
    const over = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(over.signal);
    const begun = new Promise<void>((resolve) => {
      api.removeAllListeners("request").once("request", (_request, response) => {
        response.writeHead(200).write('{"response":', () => resolve());
      });
    });
    const called = call("hook");
    await begun;
    // Until the beginning has come in.
    for (let turn = 0; turn < 100; turn++) await nextTurn();
    over.abort(new DOMException("Over.", "TimeoutError"));
    expect(await called).toEqual({ kind: "timed out" });
    timeout.mockRestore();
  });

  it("is not awaited when it is invoked as an event", async () => {
    answer = { status: 202, body: "" };
    await functions?.invoke({ arn: arnOf("hook"), requestId: "r", event: "{}", isAsynchronous: true });
    expect(seen.type).toBe("Event");
  });

  it("is not invoked if a local file has its name", async () => {
    writeFileSync(join(folder, "hook.mjs"), "export const handler = async () => 'file';");
    expect(await call("hook")).toEqual({ kind: "answered", payload: '"file"' });
  });
});
